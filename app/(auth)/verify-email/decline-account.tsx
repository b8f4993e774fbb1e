"use client";

import { Offered } from "@/app/_account/offered";
import { Button } from "@/app/_ui/button";
import { PageLink } from "@/app/_ui/page-link";
import { MailLinkForm } from "@/app/(auth)/mail-link-form";
import { declineAccount } from "@/lib/client/mail-link-client";

export interface DeclineAccountProps {
  token: string;
  onBack: () => void;
}

/** Removes an account that somebody else made with the address of the person who opened the link. */
export function DeclineAccount({ token, onBack }: DeclineAccountProps) {
  return (
    <MailLinkForm
      isNew
      heading="Remove the account?"
      words="Somebody made an account with your address. Removing it deletes everything in it and signs everybody out of it. This cannot be undone."
      verb="Remove account"
      busy="Removing the account"
      otherwise={
        <Button variant="quiet" className="mt-3 w-full" onClick={onBack}>
          Back
        </Button>
      }
      send={() => declineAccount(token)}
      done={{
        heading: "The account is gone",
        body: (
          <>
            <p className="mt-3">Nothing of it is left, and nobody is signed in to it.</p>
            <Offered needs="signUps">
              <p className="mt-3 mb-6">Your address is free for an account of your own.</p>
              <PageLink href="/sign-up">Create an account</PageLink>
            </Offered>
          </>
        ),
      }}
      another={
        <Offered needs="mail">
          <PageLink href="/verify-email">Get a new link</PageLink>
        </Offered>
      }
    />
  );
}
