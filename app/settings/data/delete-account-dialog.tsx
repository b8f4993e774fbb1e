"use client";

import { useState } from "react";
import { PasswordProof } from "@/app/_account/password-proof";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";

interface DeleteAccountDialogProps {
  open: boolean;
  onClose: () => void;
  email: string;
  taskCount: number;
  hasPassword: boolean;
  onDeleteByPassword: (password: string) => Promise<void>;
  /** For a person who has no password. */
  onDelete: () => void;
}

const formId = "delete-account";

function tasksInWords(count: number): string {
  if (count === 0) {
    return "";
  }
  return count === 1 ? " 1 task," : ` ${count} tasks,`;
}

/** Names what is deleted and asks for the password, where there is one. Focus starts on Cancel. */
export function DeleteAccountDialog(props: DeleteAccountDialogProps) {
  const { open, onClose, email, taskCount, hasPassword, onDeleteByPassword, onDelete } = props;
  const [isBusy, setBusy] = useState(false);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Delete your account?"
      description={
        <>
          This deletes the account of <strong className="font-medium text-ink">{email}</strong>:
          {tasksInWords(taskCount)} your profile, and all sessions, passkeys and API keys. Nobody
          can bring them back.
        </>
      }
      footer={
        <>
          <Button autoFocus onClick={onClose}>
            Cancel
          </Button>
          {hasPassword ? (
            <Button variant="danger" type="submit" form={formId} aria-disabled={isBusy}>
              Delete account
            </Button>
          ) : (
            <Button variant="danger" onClick={onDelete}>
              Delete account
            </Button>
          )}
        </>
      }
    >
      {hasPassword ? (
        <PasswordProof id={formId} email={email} prove={onDeleteByPassword} onBusy={setBusy} />
      ) : null}
    </Dialog>
  );
}
