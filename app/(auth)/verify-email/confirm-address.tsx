"use client";

import { useState } from "react";
import { isAt } from "@/app/_account/explain-failure";
import { Offered } from "@/app/_account/offered";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { PageLink } from "@/app/_ui/page-link";
import { MailLinkForm } from "@/app/(auth)/mail-link-form";
import { useHiddenToken } from "@/app/(auth)/use-hidden-token";
import { verifyEmail } from "@/lib/client/mail-link-client";
import { AnotherLink } from "./another-link";
import { DeclineAccount } from "./decline-account";
import { makersPassword, nothingMore } from "./makers-password";

export interface ConfirmAddressProps {
  token: string;
  /** The address of the person who is signed in here, if anybody is. */
  ownEmail: string | null;
  /** Whether that address is confirmed already. */
  isConfirmed: boolean;
  /** Whether the link is for the account that is signed in here; a dead one is for nobody. */
  link: "own" | "other" | "dead";
}

/** Confirms an address by the token of a link, for the person who made the account. */
export function ConfirmAddress({ token, ownEmail, isConfirmed, link }: ConfirmAddressProps) {
  const kept = useHiddenToken(token);
  // The session may end while the page is open.
  const [isOwn, setOwn] = useState(link === "own");
  const [step, setStep] = useState<"confirm" | "decline" | "back">("confirm");
  const tasks = (
    <ButtonLink variant="primary" href="/tasks">
      Go to your tasks
    </ButtonLink>
  );
  if (step === "decline") {
    return <DeclineAccount token={kept} onBack={() => setStep("back")} />;
  }

  async function confirm(password: string) {
    try {
      await verifyEmail(kept, isOwn ? undefined : password);
    } catch (error) {
      if (isAt(error, "/password")) {
        setOwn(false);
      }
      throw error;
    }
  }

  return (
    <MailLinkForm
      heading="Confirm your address"
      words={
        isOwn
          ? "It shows that mail about your account reaches you."
          : "It shows that mail about your account reaches you. The password shows that you made the account."
      }
      needs={isOwn ? nothingMore : makersPassword}
      otherwise={
        isOwn ? null : (
          <Button
            variant="quiet"
            className="mt-3 w-full"
            {...(step === "back" && { autoFocus: true })}
            onClick={() => setStep("decline")}
          >
            I did not make this account
          </Button>
        )
      }
      isDead={link === "dead"}
      verb="Confirm address"
      busy="Confirming your address"
      send={({ password }) => confirm(password)}
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
          {isConfirmed ? (
            tasks
          ) : (
            <Offered needs="mail">
              <AnotherLink ownEmail={ownEmail} />
            </Offered>
          )}
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
