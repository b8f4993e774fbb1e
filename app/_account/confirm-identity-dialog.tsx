"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { ConfirmIdentityWays, type WaysToConfirm } from "./confirm-identity-ways";

interface ConfirmIdentityDialogProps extends WaysToConfirm {
  open: boolean;
  onConfirmed: () => void;
  onClose: () => void;
}

const formId = "confirm-identity";

/** Asks who is there: by password or passkey, or by signing in again where there is neither. */
export function ConfirmIdentityDialog({ open, onClose, ...ways }: ConfirmIdentityDialogProps) {
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
          {ways.hasPassword ? (
            <Button variant="primary" type="submit" form={formId} aria-disabled={isBusy}>
              Confirm
            </Button>
          ) : null}
        </>
      }
    >
      <ConfirmIdentityWays {...ways} formId={formId} onBusy={setBusy} />
    </Dialog>
  );
}
