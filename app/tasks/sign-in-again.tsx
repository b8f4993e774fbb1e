"use client";

import { type FormEvent, useState, useSyncExternalStore } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { TextField } from "@/app/_ui/text-field";
import { ApiError } from "@/lib/client/api-error";
import { signIn } from "@/lib/client/auth-client";
import type { SessionGate } from "@/lib/client/session-gate";

const formId = "sign-in-again";

function reason(error: ApiError): string {
  if (error.status === 0) return "The server could not be reached. Try again in a moment.";
  if (error.status === 401) return "That password does not match.";
  return error.detail;
}

/** Asks for the password when the session is over, while everything typed waits behind it. */
export function SignInAgain({ email, session }: { email: string; session: SessionGate }) {
  const state = useSyncExternalStore(session.subscribe, session.state, session.state);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password") ?? "");
    setBusy(true);
    setProblem(null);
    try {
      await signIn({ email, password });
      session.reopen();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(reason(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open={state === "asking"}
      onClose={session.decline}
      title="Sign in again"
      description="Your session has ended. What you typed is still here and will be saved next."
      footer={
        <>
          <Button onClick={session.decline}>Not now</Button>
          <Button variant="primary" type="submit" form={formId} disabled={isBusy}>
            Sign in
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          readOnly
          tabIndex={-1}
        />
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          required
          error={problem ?? undefined}
        />
      </form>
    </Dialog>
  );
}
