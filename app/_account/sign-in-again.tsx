"use client";

import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { PageLink } from "@/app/_ui/page-link";
import { TextField } from "@/app/_ui/text-field";
import { ApiError } from "@/lib/client/api-error";
import { type SecondStepMethod, signIn } from "@/lib/client/auth-client";
import { canUsePasskeys, PasskeyError, signInWithPasskey } from "@/lib/client/passkey-client";
import type { SessionGate } from "@/lib/client/session-gate";
import { explainFailure } from "./explain-failure";
import { PasswordField } from "./password-field";
import { SecondStep } from "./second-step";

const formId = "sign-in-again";

/** Signs in again when the session is over, while everything typed waits behind it. */
export function SignInAgain({ email, session }: { email: string; session: SessionGate }) {
  const state = useSyncExternalStore(session.subscribe, session.state, session.state);
  const [methods, setMethods] = useState<readonly SecondStepMethod[] | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isElsewhere, setElsewhere] = useState(false);

  useEffect(() => {
    if (!isElsewhere) {
      return;
    }
    // A person who comes back signed in goes on; one who does not is asked again.
    const goOn = () => {
      setElsewhere(false);
      session.reopen();
    };
    window.addEventListener("focus", goOn);
    return () => window.removeEventListener("focus", goOn);
  }, [isElsewhere, session]);

  function reopen() {
    setMethods(null);
    session.reopen();
  }

  function decline() {
    setMethods(null);
    setElsewhere(false);
    session.decline();
  }

  return (
    <Dialog
      open={state === "asking"}
      onClose={decline}
      title="Sign in again"
      description="Your session has ended. What you typed is still here and will be saved next."
      footer={
        <>
          <Button onClick={decline}>Not now</Button>
          {methods ? null : (
            <Button variant="primary" type="submit" form={formId} aria-disabled={isBusy}>
              Sign in
            </Button>
          )}
        </>
      }
    >
      {methods ? (
        <SecondStep methods={methods} onDone={reopen} onBack={() => setMethods(null)} />
      ) : (
        <PasswordAgain
          formId={formId}
          email={email}
          onBusy={setBusy}
          onDone={reopen}
          onSecondStep={setMethods}
          onElsewhere={() => setElsewhere(true)}
        />
      )}
    </Dialog>
  );
}

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
