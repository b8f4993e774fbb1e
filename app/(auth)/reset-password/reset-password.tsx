"use client";

import { useState } from "react";
import { AuthForm } from "@/app/_account/auth-form";
import { checkNewPassword, newPasswordHint } from "@/app/_account/credentials";
import { isDeadLink } from "@/app/_account/explain-failure";
import { Offered } from "@/app/_account/offered";
import { PasswordField } from "@/app/_account/password-field";
import { useAuthForm } from "@/app/_account/use-auth-form";
import { ButtonLink } from "@/app/_ui/button-link";
import { PageLink } from "@/app/_ui/page-link";
import { DeadLink } from "@/app/(auth)/dead-link";
import { StepHeading } from "@/app/(auth)/step-heading";
import { useHiddenToken } from "@/app/(auth)/use-hidden-token";
import { resetPassword } from "@/lib/client/mail-link-client";

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
        if (isDeadLink(error)) {
          return setDead(true);
        }
        throw error;
      }
      window.location.assign("/sign-in?reset=1");
    },
  });

  if (kept === null || isDead) {
    return (
      <DeadLink isNew={isDead}>
        <Offered needs="mail" otherwise={<PageLink href="/sign-in">Back to sign in</PageLink>}>
          <ButtonLink variant="primary" href="/forgot-password">
            Get a new link
          </ButtonLink>
        </Offered>
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
