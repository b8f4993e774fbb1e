"use client";

import { type ReactNode, useState } from "react";
import { AuthForm } from "@/app/_account/auth-form";
import { isDeadLink } from "@/app/_account/failure-words";
import { useAuthForm } from "@/app/_account/use-auth-form";
import { DeadLink } from "./dead-link";
import { StepHeading } from "./step-heading";

export interface MailLinkFormProps {
  heading: string;
  words: ReactNode;
  verb: string;
  busy: string;
  /** Another way than the button, below it. */
  otherwise?: ReactNode;
  send: () => Promise<void>;
  done: { heading: string; body: ReactNode };
  /** The way to another link. */
  another: ReactNode;
}

/** A link from a mail that does something. Only the button does it: mail scanners open links, too. */
export function MailLinkForm(props: MailLinkFormProps) {
  const { heading, words, verb, busy, otherwise, send, done, another } = props;
  const [state, setState] = useState<"ready" | "done" | "dead">("ready");
  const form = useAuthForm({
    fields: [],
    check: () => ({}),
    send: async () => {
      try {
        await send();
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
    return <DeadLink isNew>{another}</DeadLink>;
  }
  if (state === "done") {
    return (
      <>
        <StepHeading isNew>{done.heading}</StepHeading>
        {done.body}
      </>
    );
  }
  return (
    <>
      <StepHeading>{heading}</StepHeading>
      <p className="mt-1 mb-6 text-muted">{words}</p>
      <AuthForm form={form} verb={verb} busy={busy}>
        {null}
      </AuthForm>
      {otherwise}
    </>
  );
}
