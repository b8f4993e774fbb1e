"use client";

import { useState } from "react";
import { AuthForm } from "@/app/_account/auth-form";
import { checkAddress } from "@/app/_account/credentials";
import { EmailField } from "@/app/_account/email-field";
import { useAuthForm } from "@/app/_account/use-auth-form";
import { Button } from "@/app/_ui/button";
import { SendAgain } from "@/app/(auth)/send-again";
import { StepHeading } from "@/app/(auth)/step-heading";
import { requestPasswordReset } from "@/lib/client/mail-link-client";

type Step = { kind: "first" | "sent" | "back"; email: string };

/** Asks for the link to choose a new password. It says the same whether or not there is an account. */
export function ForgotPassword() {
  const [step, setStep] = useState<Step>({ kind: "first", email: "" });
  if (step.kind === "sent") {
    return <Sent email={step.email} onBack={() => setStep({ ...step, kind: "back" })} />;
  }
  return (
    <>
      <StepHeading isNew={step.kind === "back"}>Forgot your password?</StepHeading>
      <p className="mt-1 mb-8 text-muted">
        Enter the address of your account. You get a link to choose a new password.
      </p>
      <AddressForm email={step.email} onSent={(email) => setStep({ kind: "sent", email })} />
    </>
  );
}

function AddressForm({ email, onSent }: { email: string; onSent: (email: string) => void }) {
  const form = useAuthForm({
    fields: ["email"],
    check: (typed) => ({ email: checkAddress(typed.email) }),
    send: async (typed) => {
      await requestPasswordReset(typed.email);
      onSent(typed.email);
    },
  });
  return (
    <AuthForm form={form} verb="Send the link" busy="Sending the link">
      <EmailField defaultValue={email} error={form.problem.email} />
    </AuthForm>
  );
}

function Sent({ email, onBack }: { email: string; onBack: () => void }) {
  return (
    <>
      <StepHeading isNew>Check your mail</StepHeading>
      <p className="mt-3">
        If there is an account for <strong className="font-semibold">{email}</strong>, a link is on
        its way. It works for an hour.
      </p>
      <p className="mt-3 mb-6 text-muted">
        Nothing there after a few minutes? Look in the spam folder, then send it again.
      </p>
      <SendAgain done="Asked for once more." send={() => requestPasswordReset(email)} />
      <Button variant="quiet" onClick={onBack} className="mt-3 -ms-4">
        Use another address
      </Button>
    </>
  );
}
