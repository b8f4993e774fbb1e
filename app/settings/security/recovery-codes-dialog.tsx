"use client";

import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { useToasts } from "@/app/_ui/toasts";
import { RecoveryCodes } from "./recovery-codes";

export interface RecoveryCodesDialogProps {
  open: boolean;
  onClose: () => void;
  codes: readonly string[];
  returnFocus: () => HTMLElement | null;
}

/** Shows new recovery codes. Closed in another way than by "I have saved them", it says what to do. */
export function RecoveryCodesDialog({ codes, onClose, ...dialog }: RecoveryCodesDialogProps) {
  const { show } = useToasts();

  function leave() {
    onClose();
    show({
      message: "The recovery codes are not shown again. If you did not save them, make new ones.",
    });
  }

  return (
    <Dialog
      {...dialog}
      onClose={leave}
      title="Save your recovery codes"
      footer={
        <Button variant="primary" onClick={onClose}>
          I have saved them
        </Button>
      }
    >
      <RecoveryCodes codes={codes} />
    </Dialog>
  );
}
