"use client";

import { type FormEvent, useRef, useState } from "react";
import { Banner } from "@/app/_ui/banner";
import { PasswordField } from "@/app/(auth)/password-field";
import { ApiError } from "@/lib/client/api-error";
import { failureWords } from "./failure-words";

export interface PasswordProofProps {
  /** Of the form, for the button outside it. */
  id: string;
  email: string;
  /** Does what the password is asked for; throws what the server finds wrong. */
  prove: (password: string) => Promise<void>;
  onBusy: (isBusy: boolean) => void;
}

type Problem = { password?: string; form?: string };

function explain(error: unknown): Problem {
  const isWrong =
    error instanceof ApiError && error.errors.some(({ pointer }) => pointer === "/password");
  return isWrong ? { password: "That is not your password." } : { form: failureWords(error) };
}

/** A form that asks for the password. What was typed stays through every failure. */
export function PasswordProof({ id, email, prove, onBusy }: PasswordProofProps) {
  const [problem, setProblem] = useState<Problem>({});
  const isSending = useRef(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem("password");
    if (isSending.current || !(field instanceof HTMLInputElement)) return;
    if (field.value === "") {
      setProblem({ password: "Enter your password." });
      field.focus();
      return;
    }

    isSending.current = true;
    onBusy(true);
    setProblem({});
    try {
      await prove(field.value);
    } catch (error) {
      setProblem(explain(error));
      field.focus();
    } finally {
      isSending.current = false;
      onBusy(false);
    }
  }

  return (
    <form id={id} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      <div aria-live="polite" className={problem.form ? "" : "sr-only"}>
        {problem.form ? <Banner tone="error">{problem.form}</Banner> : null}
      </div>
      {/* Tells password managers whose password it is. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        error={problem.password}
      />
    </form>
  );
}
