"use client";

import {
  type SecondStepMethod,
  signInWithCode,
  signInWithRecoveryCode,
} from "@/lib/client/auth-client";
import { signInWithPasskey } from "@/lib/client/passkey-client";
import { AuthForm } from "./auth-form";
import { checkCode, withoutSpaces } from "./check-code";
import { CodeField } from "./code-field";
import { useAuthForm } from "./use-auth-form";

interface SecondStepFormProps {
  method: SecondStepMethod;
  onDone: () => void;
}

const sends: Record<SecondStepMethod, (code: string) => Promise<unknown>> = {
  "app-code": signInWithCode,
  passkey: () => signInWithPasskey(),
  "recovery-code": signInWithRecoveryCode,
};

/** One way to do the second step. The focus starts on what there is to do. */
export function SecondStepForm({ method, onDone }: SecondStepFormProps) {
  const form = useAuthForm({
    fields: ["code"],
    check: ({ code }) =>
      method === "passkey" ? {} : { code: checkCode(method, withoutSpaces(code)) },
    send: async ({ code }) => {
      await sends[method](withoutSpaces(code));
      onDone();
    },
  });

  if (method === "passkey") {
    return (
      <AuthForm form={form} verb="Use a passkey" busy="Waiting for your passkey" verbHasFocus>
        <p>Your device asks you to unlock it, or to touch your security key.</p>
      </AuthForm>
    );
  }
  return (
    <AuthForm form={form} verb="Sign in" busy="Signing in">
      <CodeField kind={method} error={form.problem.code} />
    </AuthForm>
  );
}
