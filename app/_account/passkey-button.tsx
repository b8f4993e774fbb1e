"use client";

import { Fingerprint } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { PasskeyError, signInWithPasskey } from "@/lib/client/passkey-client";
import { leave } from "./leave";

interface PasskeyButtonProps {
  userId: string;
  onConfirmed: () => void;
  onFailure: (error: unknown) => void;
}

/** Proves by passkey who is there. A passkey of somebody else signs that person in instead. */
export function PasskeyButton({ userId, onConfirmed, onFailure }: PasskeyButtonProps) {
  const [isBusy, setBusy] = useState(false);

  async function confirm() {
    if (isBusy) {
      return;
    }
    setBusy(true);
    try {
      const now = await signInWithPasskey();
      if (now.userId === userId) {
        onConfirmed();
      } else {
        leave("/settings");
      }
    } catch (error) {
      if (!(error instanceof PasskeyError) || error.reason !== "cancelled") {
        onFailure(error);
      }
    } finally {
      setBusy(false);
    }
  }

  return (
    <Button onClick={confirm} aria-disabled={isBusy}>
      <Fingerprint aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Use a passkey
    </Button>
  );
}
