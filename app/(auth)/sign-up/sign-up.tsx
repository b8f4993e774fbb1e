"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/app/_ui/button";
import { CredentialsForm, useCredentialsForm } from "@/app/(auth)/credentials-form";
import { OtherWays } from "@/app/(auth)/other-ways";
import { ResendVerification } from "@/app/(auth)/resend-verification";
import { StepHeading } from "@/app/(auth)/step-heading";
import { signUp } from "@/lib/client/auth-client";
import type { Provider } from "@/lib/operations/sign-in-ways";

export interface SignUpProps {
  /** The path to open afterwards, already checked by `nextPath`. */
  next: string;
  providers: readonly Provider[];
  /** Whether an address has to be confirmed before the account is of use. */
  confirmsFirst: boolean;
  /** The way to sign in. */
  links: ReactNode;
}

/** Making an account, in one screen. Where the address has to be confirmed first, a second one says so. */
export function SignUp({ next, providers, confirmsFirst, links }: SignUpProps) {
  const [email, setEmail] = useState("");
  const [step, setStep] = useState<"first" | "mail" | "back">("first");
  const form = useCredentialsForm("sign-up", async (typed) => {
    setEmail(typed.email);
    const outcome = await signUp(typed);
    if (outcome === "check-mail") {
      setStep("mail");
    }
    // A whole load, so that no page rendered for somebody else stays in the router's memory.
    else {
      window.location.assign(next);
    }
  });

  if (step === "mail") {
    return <CheckMail email={email} onBack={() => setStep("back")} />;
  }
  return (
    <>
      <StepHeading isNew={step === "back"}>Create an account</StepHeading>
      <p className="mt-1 mb-8 text-muted">
        {confirmsFirst
          ? "We send a link to your address. Open it, and you can begin."
          : "No mail to wait for: add your first task right away."}
      </p>
      <CredentialsForm purpose="sign-up" form={form} email={email} />
      <OtherWays providers={providers} next={next} onFailure={form.fail} />
      {links}
    </>
  );
}

function CheckMail({ email, onBack }: { email: string; onBack: () => void }) {
  return (
    <>
      <StepHeading isNew>Check your mail</StepHeading>
      <p className="mt-3">
        A link is on its way to <strong className="font-semibold">{email}</strong>. Open it to
        confirm the address, then sign in. It works for an hour.
      </p>
      <p className="mt-3 mb-6 text-muted">
        Nothing there after a few minutes? Look in the spam folder, then send it again.
      </p>
      <ResendVerification email={email} />
      <Button variant="quiet" onClick={onBack} className="mt-3 -ms-4">
        Use another address
      </Button>
    </>
  );
}
