"use client";

import type { ReactNode } from "react";
import { AuthForm } from "@/app/_account/auth-form";
import {
  checkAddress,
  checkNewPassword,
  checkPassword,
  newPasswordHint,
} from "@/app/_account/credentials";
import { EmailField } from "@/app/_account/email-field";
import { PasswordField } from "@/app/_account/password-field";
import {
  type AuthFormOptions,
  type AuthFormState,
  useAuthForm,
} from "@/app/_account/use-auth-form";

const purposes = {
  "sign-in": {
    verb: "Sign in",
    busy: "Signing in",
    autoComplete: "current-password",
    hint: undefined,
    checkPassword,
  },
  "sign-up": {
    verb: "Create account",
    busy: "Creating your account",
    autoComplete: "new-password",
    hint: newPasswordHint,
    checkPassword: checkNewPassword,
  },
} as const;

type Purpose = keyof typeof purposes;

/** The state of a form for address and password, for `CredentialsForm`. */
export function useCredentialsForm(purpose: Purpose, send: AuthFormOptions["send"]): AuthFormState {
  return useAuthForm({
    fields: ["email", "password"],
    check: ({ email, password }) => ({
      email: checkAddress(email),
      password: purposes[purpose].checkPassword(password),
    }),
    send,
  });
}

export interface CredentialsFormProps {
  purpose: Purpose;
  form: AuthFormState;
  /** An address typed before. */
  email?: string;
  /** Whether the autofill of the address offers passkeys, too. */
  hasPasskeys?: boolean;
  remedy?: ReactNode;
}

/** Address and password, for signing in and for signing up. */
export function CredentialsForm({
  purpose,
  form,
  email,
  hasPasskeys = false,
  remedy,
}: CredentialsFormProps) {
  const { verb, busy, autoComplete, hint } = purposes[purpose];
  return (
    <AuthForm form={form} verb={verb} busy={busy} remedy={remedy}>
      <EmailField
        autoComplete={hasPasskeys ? "username webauthn" : "username"}
        defaultValue={email}
        error={form.problem.email}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete={autoComplete}
        required
        hint={hint}
        error={form.problem.password}
      />
    </AuthForm>
  );
}
