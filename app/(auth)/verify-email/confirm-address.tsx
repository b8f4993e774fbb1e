"use client";

import { ButtonLink } from "@/app/_ui/button-link";
import { verifyAddress } from "@/lib/client/mail-link-client";
import { PageLink } from "../page-link";
import { UseLink } from "../use-link";
import { AnotherLink } from "./another-link";

export interface ConfirmAddressProps {
  token: string;
  /** The address of whoever is signed in here, if anybody is. */
  ownEmail: string | null;
  /** Whether that address is confirmed already. */
  isConfirmed: boolean;
}

/** Confirms an address by the token of a link. Nobody has to be signed in for it. */
export function ConfirmAddress({ token, ownEmail, isConfirmed }: ConfirmAddressProps) {
  const tasks = (
    <ButtonLink variant="primary" href="/tasks">
      Go to your tasks
    </ButtonLink>
  );
  return (
    <UseLink
      token={token}
      heading="Confirm your address"
      words="It shows that mail about your account reaches you. If you did not make the account yourself, leave this page instead."
      verb="Confirm address"
      busy="Confirming your address"
      send={verifyAddress}
      done={{
        heading: "Your address is confirmed",
        body: <div className="mt-6">{tasks}</div>,
      }}
      another={
        <>
          <p className="mb-6">
            {isConfirmed
              ? `${ownEmail} is confirmed already.`
              : "If you used it before, your address is confirmed already."}
          </p>
          {isConfirmed ? tasks : <AnotherLink ownEmail={ownEmail} />}
          {ownEmail ? null : (
            <p className="mt-6">
              <PageLink href="/sign-in">Back to sign in</PageLink>
            </p>
          )}
        </>
      }
    />
  );
}
