"use client";

import { useState } from "react";
import { useConfirmedAction } from "@/app/_account/confirm-identity";
import { describeFailure } from "@/app/_account/explain-failure";
import { leave } from "@/app/_account/leave";
import { Button } from "@/app/_ui/button";
import { useToasts } from "@/app/_ui/toasts";
import { deleteAccount } from "@/lib/client/account-client";
import { DeleteAccountDialog } from "./delete-account-dialog";

interface DeleteAccountProps {
  email: string;
  taskCount: number;
  hasPassword: boolean;
}

const pathAfterwards = "/account-deleted";

/** Deletes the account, after a dialog that names what goes and has the person prove who they are. */
export function DeleteAccount({ email, taskCount, hasPassword }: DeleteAccountProps) {
  const confirmed = useConfirmedAction();
  const { show } = useToasts();
  const [isAsking, setAsking] = useState(false);

  async function deleteByPassword(password: string) {
    await deleteAccount(password);
    leave(pathAfterwards);
  }

  async function deleteConfirmed() {
    // Makes room for the dialog in which the person confirms who they are.
    setAsking(false);
    try {
      await confirmed(() => deleteAccount());
      leave(pathAfterwards);
    } catch (error) {
      show({ tone: "error", message: describeFailure(error) });
    }
  }

  return (
    <>
      <Button onClick={() => setAsking(true)}>Delete account</Button>
      <DeleteAccountDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        email={email}
        taskCount={taskCount}
        hasPassword={hasPassword}
        onDeleteByPassword={deleteByPassword}
        onDelete={() => void deleteConfirmed()}
      />
    </>
  );
}
