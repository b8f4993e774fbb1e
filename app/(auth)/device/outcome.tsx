"use client";

import { ButtonLink } from "@/app/_ui/button-link";
import { PageLink } from "@/app/_ui/page-link";
import { StepHeading } from "@/app/(auth)/step-heading";

export type OutcomeKind = "approved" | "denied";

/** What came of it, and where to undo it. */
export function Outcome({ kind, clientId }: { kind: OutcomeKind; clientId: string }) {
  return (
    <>
      <StepHeading isNew>{kind === "approved" ? "The device is in" : "Refused"}</StepHeading>
      {kind === "approved" ? (
        <p className="mt-3 mb-6">
          Go back to “{clientId}”, which carries on by itself. Its key is listed under{" "}
          <PageLink href="/settings/api-keys">API keys</PageLink>, where you can revoke it.
        </p>
      ) : (
        <p className="mt-3 mb-6">
          “{clientId}” was not let in, and its code no longer works. You can close this page.
        </p>
      )}
      <ButtonLink href="/tasks">Go to your tasks</ButtonLink>
    </>
  );
}
