"use client";

import { type FormEvent, useRef, useState } from "react";
import { Banner } from "@/app/_ui/banner";
import { Button } from "@/app/_ui/button";
import { TextField } from "@/app/_ui/text-field";
import { useHydrated } from "@/app/_ui/use-hydrated";
import { signIn, signUp } from "@/lib/client/auth-client";
import {
  type CredentialsProblem,
  checkCredentials,
  passwordLengthMax,
  passwordLengthMin,
} from "./credentials";
import { explainFailure } from "./explain-failure";
import { PasswordField } from "./password-field";

const purposes = {
  "sign-in": {
    send: signIn,
    verb: "Sign in",
    busy: "Signing in",
    autoComplete: "current-password",
    hint: undefined,
  },
  "sign-up": {
    send: signUp,
    verb: "Create account",
    busy: "Creating your account",
    autoComplete: "new-password",
    hint: `${passwordLengthMin} to ${passwordLengthMax} characters, 15 or more recommended. Any characters, spaces too.`,
  },
} as const;

export interface CredentialsFormProps {
  purpose: keyof typeof purposes;
  /** The path to open afterwards, already checked by `nextPath`. */
  next: string;
}

/**
 * Address and password, for signing in and for signing up. What was typed stays through every
 * failure. The form posts and cannot be sent before React runs, so the password never reaches a URL.
 */
export function CredentialsForm({ purpose, next }: CredentialsFormProps) {
  const { send, verb, busy, autoComplete, hint } = purposes[purpose];
  const form = useRef<HTMLFormElement>(null);
  const hydrated = useHydrated();
  const [problem, setProblem] = useState<CredentialsProblem>({});
  const [sending, setSending] = useState(false);

  function show(found: CredentialsProblem) {
    setProblem(found);
    if (found.email) focusField("email");
    else if (found.password) focusField("password");
  }

  function focusField(name: string) {
    const field = form.current?.elements.namedItem(name);
    if (field instanceof HTMLElement) field.focus();
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (sending) return;
    const typed = new FormData(event.currentTarget);
    const email = String(typed.get("email")).trim();
    const password = String(typed.get("password"));
    const found = checkCredentials(purpose, email, password);
    if (found) return show(found);

    setProblem({});
    setSending(true);
    try {
      await send({ email, password });
      // A whole load, so that no page rendered for somebody else stays in the router's memory.
      window.location.assign(next);
    } catch (error) {
      setSending(false);
      show(explainFailure(error));
    }
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
      <div aria-live="polite" className={problem.form ? "" : "sr-only"}>
        {problem.form ? <Banner tone="error">{problem.form}</Banner> : null}
        {sending ? <span className="sr-only">{busy}</span> : null}
      </div>
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        error={problem.email}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete={autoComplete}
        required
        hint={hint}
        error={problem.password}
      />
      <Button
        type="submit"
        variant="primary"
        disabled={!hydrated || sending}
        className={`min-h-10 ${sending ? "" : "disabled:opacity-100"}`}
      >
        {sending ? busy : verb}
      </Button>
    </form>
  );
}
