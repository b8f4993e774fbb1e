"use client";

import { useState } from "react";
import { ButtonLink } from "@/app/_ui/button-link";
import { resetPassword } from "@/lib/client/mail-link-client";
import { AuthForm } from "../auth-form";
import { checkNewPassword, newPasswordHint } from "../credentials";
import { DeadLink } from "../dead-link";
import { isDeadLink } from "../explain-failure";
import { PasswordField } from "../password-field";
import { StepHeading } from "../step-heading";
import { useAuthForm } from "../use-auth-form";
import { useHiddenToken } from "../use-hidden-token";

/** Chooses a new password by the token of a link, which only sending the form spends. */
export function ResetPassword({ token }: { token: string | null }) {
  const kept = useHiddenToken(token);
  const [isDead, setDead] = useState(false);
  const form = useAuthForm({
    fields: ["newPassword"],
    check: ({ newPassword }) => ({ newPassword: checkNewPassword(newPassword) }),
    send: async ({ newPassword }) => {
      try {
        await resetPassword(kept ?? "", newPassword);
      } catch (error) {
        if (isDeadLink(error)) return setDead(true);
        throw error;
      }
      window.location.assign("/sign-in?reset=1");
    },
  });

  if (kept === null || isDead) {
    return (
      <DeadLink isNew={isDead}>
        <ButtonLink variant="primary" href="/forgot-password">
          Get a new link
        </ButtonLink>
      </DeadLink>
    );
  }
  return (
    <>
      <StepHeading>Choose a new password</StepHeading>
      <p className="mt-1 mb-8 text-muted">It ends every session of your account, everywhere.</p>
      <AuthForm form={form} verb="Change password" busy="Changing your password">
        <PasswordField
          label="New password"
          name="newPassword"
          autoComplete="new-password"
          required
          hint={newPasswordHint}
          error={form.problem.newPassword}
        />
      </AuthForm>
    </>
  );
}
