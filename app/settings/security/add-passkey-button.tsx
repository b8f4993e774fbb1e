"use client";

import { Fingerprint } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { useToasts } from "@/app/_ui/toasts";
import { useHydrated } from "@/app/_ui/use-hydrated";
import { useChange } from "@/app/settings/use-change";
import { addPasskey, canUsePasskeys } from "@/lib/client/passkey-client";

/** Makes a passkey, where the browser can. */
export function AddPasskeyButton() {
  const { show } = useToasts();
  const { isBusy, run } = useChange();
  const isHydrated = useHydrated();
  if (isHydrated && !canUsePasskeys()) {
    return <p className="text-muted">This browser cannot make passkeys.</p>;
  }

  function add() {
    run(() => addPasskey(), { done: () => show({ message: "Your passkey is added." }) });
  }

  return (
    <Button onClick={add} aria-disabled={isBusy}>
      <Fingerprint aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Add a passkey
    </Button>
  );
}
