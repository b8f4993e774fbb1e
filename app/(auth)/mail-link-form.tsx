"use client";

import { type ReactNode, useState } from "react";
import { AuthForm } from "@/app/_account/auth-form";
import { type FormProblem, isDeadLink } from "@/app/_account/explain-failure";
import { type AuthFormOptions, useAuthForm } from "@/app/_account/use-auth-form";
import { DeadLink } from "./dead-link";
import { StepHeading } from "./step-heading";

export interface MailLinkFormProps {
  /** Whether it comes in place of another step, and so its heading takes the focus. */
  isNew?: boolean;
  heading: string;
  words: ReactNode;
  verb: string;
  busy: string;
  /** What the link needs beside itself, before the button. */
  needs?: {
    fields: AuthFormOptions["fields"];
    check: AuthFormOptions["check"];
    inputs: (problem: FormProblem) => ReactNode;
  };
  /** Another way than the button, below it. */
  otherwise?: ReactNode;
  /** Whether it is known already that the link does not work. */
  isDead?: boolean;
  send: AuthFormOptions["send"];
  done: { heading: string; body: ReactNode };
  /** The way to another link. */
  another: ReactNode;
}

/** A link from a mail that does something. Only the button does it: mail scanners open links, too. */
export function MailLinkForm(props: MailLinkFormProps) {
  const {
    isNew = false,
    heading,
    words,
    verb,
    busy,
    needs,
    otherwise,
    isDead,
    send,
    done,
    another,
  } = props;
  const [state, setState] = useState<"ready" | "done" | "dead">(isDead ? "dead" : "ready");
  const form = useAuthForm({
    fields: needs?.fields ?? [],
    check: needs?.check ?? (() => ({})),
    send: async (typed) => {
      try {
        await send(typed);
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
    return <DeadLink isNew={!isDead}>{another}</DeadLink>;
  }
  if (state === "done") {
    return (
      <>
        <StepHeading key="done" isNew>
          {done.heading}
        </StepHeading>
        {done.body}
      </>
    );
  }
  return (
    <>
      <StepHeading key="question" isNew={isNew}>
        {heading}
      </StepHeading>
      <p className="mt-1 mb-6 text-muted">{words}</p>
      <AuthForm form={form} verb={verb} busy={busy}>
        {needs?.inputs(form.problem) ?? null}
      </AuthForm>
      {otherwise}
    </>
  );
}
