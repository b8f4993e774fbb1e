"use client";

import { Button } from "@/app/_ui/button";
import { useToasts } from "@/app/_ui/toasts";
import { useChange } from "@/app/settings/use-change";
import { requestVerification } from "@/lib/client/mail-link-client";

/** Sends the link that confirms an address once more. */
export function SendLinkButton({ email }: { email: string }) {
  const { show } = useToasts();
  const { isBusy, run } = useChange();

  function send() {
    run(() => requestVerification(email), {
      done: () => show({ message: `A link is on its way to ${email}. It works for an hour.` }),
    });
  }

  return (
    <Button onClick={send} aria-disabled={isBusy}>
      Send a new link
    </Button>
  );
}
