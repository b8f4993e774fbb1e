"use client";

import { useState } from "react";
import { AuthForm } from "@/app/_account/auth-form";
import { isDeadLink } from "@/app/_account/failure-words";
import { useAuthForm } from "@/app/_account/use-auth-form";
import { Button } from "@/app/_ui/button";
import { PageLink } from "@/app/_ui/page-link";
import { DeadLink } from "@/app/(auth)/dead-link";
import { StepHeading } from "@/app/(auth)/step-heading";
import { declineAccount } from "@/lib/client/mail-link-client";

export interface DeclineAccountProps {
  token: string;
  onBack: () => void;
}

/** Removes an account that somebody else made with the address of whoever opened the link. */
export function DeclineAccount({ token, onBack }: DeclineAccountProps) {
  const [state, setState] = useState<"ready" | "done" | "dead">("ready");
  const form = useAuthForm({
    fields: [],
    check: () => ({}),
    send: async () => {
      try {
        await declineAccount(token);
      } catch (error) {
        if (isDeadLink(error)) {
          return setState("dead");
        }
        throw error;
      }
      setState("done");
    },
  });

  if (state === "dead") {
    return (
      <DeadLink isNew>
        <PageLink href="/verify-email">Get a new link</PageLink>
      </DeadLink>
    );
  }
  if (state === "done") {
    return (
      <>
        <StepHeading key="done" isNew>
          The account is gone
        </StepHeading>
        <p className="mt-3 mb-6">
          Nothing of it is left, and nobody is signed in to it. Your address is free for an account
          of your own.
        </p>
        <PageLink href="/sign-up">Create an account</PageLink>
      </>
    );
  }
  return (
    <>
      <StepHeading key="question" isNew>
        Remove the account?
      </StepHeading>
      <p className="mt-3 mb-6">
        Somebody made an account with your address. Removing it deletes everything in it and signs
        everybody out of it. This cannot be undone.
      </p>
      <AuthForm form={form} verb="Remove account" busy="Removing the account">
        {null}
      </AuthForm>
      <Button variant="quiet" className="mt-3 w-full" onClick={onBack}>
        Back
      </Button>
    </>
  );
}
