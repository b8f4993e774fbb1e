"use client";

import { useState } from "react";
import { AuthForm } from "@/app/_account/auth-form";
import { checkAddress } from "@/app/_account/credentials";
import { EmailField } from "@/app/_account/email-field";
import { useAuthForm } from "@/app/_account/use-auth-form";
import { ResendVerification } from "@/app/(auth)/resend-verification";
import { requestVerification } from "@/lib/client/mail-link-client";

/** The way to a new link: to the address of the account that is signed in, or to one they enter. */
export function AnotherLink({ ownEmail }: { ownEmail: string | null }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (ownEmail) {
    return <ResendVerification email={ownEmail} />;
  }
  if (sentTo === null) {
    return <AddressForm onSent={setSentTo} />;
  }
  return (
    <div className="flex flex-col gap-4">
      <p ref={takeFocus} tabIndex={-1} className="outline-none">
        If <strong className="font-semibold">{sentTo}</strong> still has to be confirmed, a link is
        on its way. It works for an hour.
      </p>
      <ResendVerification email={sentTo} />
    </div>
  );
}

/** The form that held the focus is gone. */
function takeFocus(element: HTMLElement | null) {
  element?.focus();
}

function AddressForm({ onSent }: { onSent: (email: string) => void }) {
  const form = useAuthForm({
    fields: ["email"],
    check: ({ email }) => ({ email: checkAddress(email) }),
    send: async ({ email }) => {
      await requestVerification(email);
      onSent(email);
    },
  });
  return (
    <AuthForm form={form} verb="Send a new link" busy="Sending a new link">
      <EmailField error={form.problem.email} />
    </AuthForm>
  );
}
