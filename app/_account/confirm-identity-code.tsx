"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import type { SecondStepCode } from "@/lib/client/account-client";
import { type CodeKind, checkCode, withoutSpaces } from "./check-code";
import { CodeField } from "./code-field";
import { ProofForm, whileBusy } from "./proof-form";
import { useAuthForm } from "./use-auth-form";

export interface ConfirmIdentityCodeProps {
  /** Of the form, for the button outside it. */
  id: string;
  /** Whether the account has an authenticator app; its recovery codes serve in any case. */
  hasApp: boolean;
  /** Does what the code is asked for; throws what the server finds wrong. */
  prove: (code: SecondStepCode) => Promise<void>;
  onBusy: (isBusy: boolean) => void;
}

const words: Record<CodeKind, string> = {
  "app-code": "Use the authenticator app",
  "recovery-code": "Use a recovery code",
};

/** Asks for the second step after a right password. The focus moves to the code. */
export function ConfirmIdentityCode({ hasApp, ...form }: ConfirmIdentityCodeProps) {
  const [kind, setKind] = useState<CodeKind>(hasApp ? "app-code" : "recovery-code");
  const other = kind === "app-code" ? "recovery-code" : "app-code";
  return (
    <>
      <CodeForm key={kind} kind={kind} {...form} />
      {hasApp ? <Button onClick={() => setKind(other)}>{words[other]}</Button> : null}
    </>
  );
}

type CodeFormProps = Omit<ConfirmIdentityCodeProps, "hasApp"> & { kind: CodeKind };

function CodeForm({ id, kind, prove, onBusy }: CodeFormProps) {
  const name = kind === "app-code" ? "code" : "recoveryCode";
  const form = useAuthForm({
    fields: [name],
    check: (typed) => ({ [name]: checkCode(kind, withoutSpaces(typed[name])) }),
    send: (typed) => {
      const code = withoutSpaces(typed[name]);
      return whileBusy(onBusy, () => prove(name === "code" ? { code } : { recoveryCode: code }));
    },
  });

  return (
    <ProofForm id={id} form={form}>
      <CodeField kind={kind} name={name} error={form.problem[name]} />
    </ProofForm>
  );
}
