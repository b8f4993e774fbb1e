"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { SecondStep } from "@/app/_account/second-step";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import type { SecondStepMethod } from "@/lib/client/auth-client";
import type { SessionGate } from "@/lib/client/session-gate";
import { PasswordAgain } from "./password-again";

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
