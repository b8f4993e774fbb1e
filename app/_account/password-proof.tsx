"use client";

import { checkPassword } from "./credentials";
import type { FormProblem } from "./explain-failure";
import { describeFailure, isAt } from "./explain-failure";
import { PasswordField } from "./password-field";
import { ProofForm, whileBusy } from "./proof-form";
import { useAuthForm } from "./use-auth-form";

export interface PasswordProofProps {
  /** Of the form, for the button outside it. */
  id: string;
  email: string;
  /** Does what the password is asked for; throws what the server finds wrong. */
  prove: (password: string) => Promise<void>;
  onBusy: (isBusy: boolean) => void;
}

/** A form that asks for the password. What was typed stays through every failure. */
export function PasswordProof({ id, email, prove, onBusy }: PasswordProofProps) {
  const form = useAuthForm({
    fields: ["password"],
    check: ({ password }) => ({ password: checkPassword(password) }),
    send: ({ password }) => whileBusy(onBusy, () => prove(password)),
    explain,
  });

  return (
    <ProofForm id={id} form={form}>
      {/* Tells password managers whose password it is. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        error={form.problem.password}
      />
    </ProofForm>
  );
}

function explain(error: unknown): FormProblem {
  return isAt(error, "/password")
    ? { password: "That is not your password." }
    : { form: describeFailure(error) };
}
