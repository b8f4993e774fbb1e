"use client";

import { type FormEvent, useRef, useState } from "react";
import { explainFailure } from "@/app/_account/explain-failure";
import { PasswordField } from "@/app/_account/password-field";
import { Button } from "@/app/_ui/button";
import { PageLink } from "@/app/_ui/page-link";
import { TextField } from "@/app/_ui/text-field";
import { ApiError } from "@/lib/client/api-error";
import { type SecondStepMethod, signIn } from "@/lib/client/auth-client";
import { canUsePasskeys, PasskeyError, signInWithPasskey } from "@/lib/client/passkey-client";

export interface PasswordAgainProps {
  formId: string;
  email: string;
  onBusy: (isBusy: boolean) => void;
  onDone: () => void;
  onSecondStep: (methods: readonly SecondStepMethod[]) => void;
  /** The person goes on to sign in in another tab. */
  onElsewhere: () => void;
}

/** The password of a known address, and the other ways in. */
export function PasswordAgain(props: PasswordAgainProps) {
  const { formId, email, onBusy, onDone, onSecondStep, onElsewhere } = props;
  const [problem, setProblem] = useState<string | undefined>();
  const isSending = useRef(false);

  async function attempt(work: () => Promise<void>) {
    if (isSending.current) {
      return;
    }
    isSending.current = true;
    onBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(explain(error));
    } finally {
      isSending.current = false;
      onBusy(false);
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password") ?? "");
    void attempt(async () => {
      const methods = await signIn({ email, password });
      if (methods) {
        onSecondStep(methods);
      } else {
        onDone();
      }
    });
  }

  return (
    <form id={formId} method="post" onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        value={email}
        readOnly
        tabIndex={-1}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        error={problem}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {canUsePasskeys() ? (
          <Button onClick={() => attempt(() => signInWithPasskey().then(onDone))}>
            Use a passkey
          </Button>
        ) : null}
        <PageLink href="/sign-in?next=/tasks" target="_blank" onClick={onElsewhere}>
          Another way, in a new tab
        </PageLink>
      </div>
    </form>
  );
}

function explain(error: unknown): string | undefined {
  if (error instanceof PasskeyError && error.reason === "cancelled") {
    return undefined;
  }
  if (error instanceof ApiError && error.status === 401) {
    return "That password does not match.";
  }
  const { password, form } = explainFailure(error, ["password"]);
  return password ?? form;
}
