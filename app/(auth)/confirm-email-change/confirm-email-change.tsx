"use client";

import type { ReactNode } from "react";
import { MailLinkForm } from "@/app/(auth)/mail-link-form";
import { useHiddenToken } from "@/app/(auth)/use-hidden-token";
import { confirmEmailChange } from "@/lib/client/mail-link-client";

export interface ConfirmEmailChangeProps {
  token: string;
  /** The address of the person who is signed in, which is to be left. */
  email: string;
  settings: ReactNode;
}

/** Moves the account of the person who is signed in to the address that a link was sent to. */
export function ConfirmEmailChange({ token, email, settings }: ConfirmEmailChangeProps) {
  const kept = useHiddenToken(token);
  return (
    <MailLinkForm
      heading="Change your address"
      words={
        <>
          You are signed in as <strong className="font-semibold text-ink">{email}</strong>. From now
          on you sign in with the address that the link was sent to.
        </>
      }
      verb="Change address"
      busy="Changing your address"
      send={() => confirmEmailChange(kept)}
      done={{
        heading: "Your address is changed",
        body: (
          <>
            <p className="mt-3 mb-6">
              Sign in with the new one from now on. The old one got a note about it.
            </p>
            {settings}
          </>
        ),
      }}
      another={
        <>
          <p className="mb-6">
            If somebody else asked for it, sign in as them. Otherwise ask for a new link in
            settings.
          </p>
          {settings}
        </>
      }
    />
  );
}
