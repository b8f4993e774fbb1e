"use client";

import { useState } from "react";
import { Banner } from "@/app/_ui/banner";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { verifyPassword } from "@/lib/client/account-client";
import { failureWords } from "./failure-words";
import { PasskeyButton } from "./passkey-button";
import { PasswordProof } from "./password-proof";
import { SignInAgainButtons } from "./sign-in-again-buttons";

/** Who the person is, and how they can prove it. */
export interface WaysToConfirm {
  user: { id: string; email: string };
  hasPassword: boolean;
  hasPasskey: boolean;
  /** The linked providers that this site offers. */
  providers: readonly string[];
}

interface ConfirmIdentityDialogProps extends WaysToConfirm {
  open: boolean;
  onConfirmed: () => void;
  onClose: () => void;
}

const formId = "confirm-identity";

/** Asks who is there: by password or passkey, or by signing in again where there is neither. */
export function ConfirmIdentityDialog(props: ConfirmIdentityDialogProps) {
  const { open, onClose, hasPassword } = props;
  const [isBusy, setBusy] = useState(false);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Confirm that it is you"
      description="This changes what protects your account, so it needs a fresh proof. It then holds for 15 minutes."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {hasPassword ? (
            <Button variant="primary" type="submit" form={formId} disabled={isBusy}>
              Confirm
            </Button>
          ) : null}
        </>
      }
    >
      <Ways {...props} onBusy={setBusy} />
    </Dialog>
  );
}

/** What is in the dialog. It starts anew each time the dialog opens. */
function Ways({
  user,
  hasPassword,
  hasPasskey,
  providers,
  onConfirmed,
  onBusy,
}: ConfirmIdentityDialogProps & { onBusy: (isBusy: boolean) => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const fail = (error: unknown) => setProblem(failureWords(error));

  async function prove(password: string) {
    await verifyPassword(password);
    onConfirmed();
  }

  return (
    <div className="flex flex-col gap-4">
      {hasPassword ? (
        <PasswordProof id={formId} email={user.email} prove={prove} onBusy={onBusy} />
      ) : null}
      <div aria-live="polite" className={problem ? "" : "sr-only"}>
        {problem ? <Banner tone="error">{problem}</Banner> : null}
      </div>
      {hasPasskey ? (
        <PasskeyButton userId={user.id} onConfirmed={onConfirmed} onFailure={fail} />
      ) : null}
      {hasPassword ? null : (
        <SignInAgainButtons providers={providers} hasPasskey={hasPasskey} onFailure={fail} />
      )}
    </div>
  );
}
