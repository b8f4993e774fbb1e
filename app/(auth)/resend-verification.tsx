"use client";

import { requestVerification } from "@/lib/client/mail-link-client";
import { SendAgain } from "./send-again";

/** Sends the link that confirms an address once more. */
export function ResendVerification({ email }: { email: string }) {
  return (
    <SendAgain
      done={`If ${email} still has to be confirmed, a new link is on its way. It works for an hour.`}
      send={() => requestVerification(email)}
    />
  );
}
