"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { PageLink } from "@/app/_ui/page-link";
import { MailLinkForm } from "@/app/(auth)/mail-link-form";
import { useHiddenToken } from "@/app/(auth)/use-hidden-token";
import { verifyEmail } from "@/lib/client/mail-link-client";
import { AnotherLink } from "./another-link";
import { DeclineAccount } from "./decline-account";

export interface ConfirmAddressProps {
  token: string;
  /** The address of whoever is signed in here, if anybody is. */
  ownEmail: string | null;
  /** Whether that address is confirmed already. */
  isConfirmed: boolean;
  /** Whether the link is of the account that is signed in here. */
  isOwn: boolean;
}

/** Confirms an address by the token of a link. Nobody has to be signed in for it. */
export function ConfirmAddress({ token, ownEmail, isConfirmed, isOwn }: ConfirmAddressProps) {
  const kept = useHiddenToken(token);
  const [step, setStep] = useState<"confirm" | "decline" | "back">("confirm");
  const tasks = (
    <ButtonLink variant="primary" href="/tasks">
      Go to your tasks
    </ButtonLink>
  );
  if (step === "decline") {
    return <DeclineAccount token={kept} onBack={() => setStep("back")} />;
  }
  return (
    <MailLinkForm
      heading="Confirm your address"
      words={
        isOwn
          ? "It shows that mail about your account reaches you."
          : "It shows that mail about your account reaches you. Confirm it only if you made the account: whoever made it knows its password."
      }
      otherwise={
        isOwn ? null : (
          <Button
            variant="quiet"
            className="mt-3 w-full"
            autoFocus={step === "back"}
            onClick={() => setStep("decline")}
          >
            I did not make this account
          </Button>
        )
      }
      verb="Confirm address"
      busy="Confirming your address"
      send={() => verifyEmail(kept)}
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
