"use client";

import { type ReactNode, useState } from "react";
import { SecondStep } from "@/app/_account/second-step";
import { CredentialsForm, useCredentialsForm } from "@/app/(auth)/credentials-form";
import { OtherWays } from "@/app/(auth)/other-ways";
import { ResendVerification } from "@/app/(auth)/resend-verification";
import { StepHeading } from "@/app/(auth)/step-heading";
import { usePasskeySignIn } from "@/app/(auth)/use-passkey-sign-in";
import { ApiError } from "@/lib/client/api-error";
import { type SecondStepMethod, signIn } from "@/lib/client/auth-client";
import type { Provider } from "@/lib/operations/sign-in-ways";

export interface SignInProps {
  /** The path to open afterwards, already checked by `nextPath`. */
  next: string;
  providers: readonly Provider[];
  /** Whether passkeys can work at this address. */
  hasPasskeys: boolean;
  /** Whether an address must be confirmed by mail before its account signs in. The site never says which are not. */
  mustBeConfirmed: boolean;
  /** What happened before, for example a password that was reset. */
  notice: ReactNode;
  /** The ways to other pages. */
  links: ReactNode;
}

type Step = { email: string; methods: readonly SecondStepMethod[] | null; wasBack: boolean };

/** Signing in: by password with its second step, by passkey, or by a provider. */
export function SignIn(props: SignInProps) {
  const { next, notice, links } = props;
  const [step, setStep] = useState<Step>({ email: "", methods: null, wasBack: false });

  // A whole load, so that no page rendered for somebody else stays in the router's memory.
  const open = () => window.location.assign(next);

  if (step.methods) {
    return (
      <>
        <StepHeading>One more step</StepHeading>
        <p className="mt-1 mb-8 text-muted">The password was right. Show that it is you.</p>
        <SecondStep
          methods={step.methods}
          onDone={open}
          onBack={() => setStep({ ...step, methods: null, wasBack: true })}
        />
      </>
    );
  }
  return (
    <>
      <StepHeading isNew={step.wasBack}>Sign in</StepHeading>
      <p className="mt-1 mb-8 text-muted">Your tasks are where you left them.</p>
      {notice}
      <FirstStep
        {...props}
        email={step.email}
        onDone={open}
        onSecondStep={(email, methods) => setStep({ email, methods, wasBack: false })}
      />
      {links}
    </>
  );
}

interface FirstStepProps extends Omit<SignInProps, "notice" | "links"> {
  email: string;
  onDone: () => void;
  onSecondStep: (email: string, methods: readonly SecondStepMethod[]) => void;
}

function FirstStep(props: FirstStepProps) {
  const { email, next, providers, hasPasskeys, mustBeConfirmed, onDone, onSecondStep } = props;
  const [tried, setTried] = useState<string | null>(null);
  const form = useCredentialsForm("sign-in", async (typed) => {
    setTried(typed.email);
    const methods = await signIn(typed);
    if (methods) {
      onSecondStep(typed.email, methods);
    } else {
      onDone();
    }
  });
  const signInWithPasskey = usePasskeySignIn({
    inAutofill: hasPasskeys,
    onDone,
    onFailure: form.fail,
  });
  const wasRefused = form.failure instanceof ApiError && form.failure.code === "unauthenticated";
  return (
    <>
      <CredentialsForm
        purpose="sign-in"
        form={form}
        email={email}
        hasPasskeys={hasPasskeys}
        remedy={
          mustBeConfirmed && wasRefused && tried ? (
            <div className="mt-2">
              <ResendVerification email={tried} />
            </div>
          ) : null
        }
      />
      <OtherWays
        providers={providers}
        next={next}
        {...(hasPasskeys && { onPasskey: signInWithPasskey })}
        onFailure={form.fail}
      />
    </>
  );
}
