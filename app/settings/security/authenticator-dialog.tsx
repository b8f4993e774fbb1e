"use client";

import { type FormEvent, useId, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { TextField } from "@/app/_ui/text-field";
import { memberFailure } from "@/app/settings/failure-words";
import type { Change } from "@/app/settings/use-change";
import { type Authenticator, confirmAuthenticator } from "@/lib/client/security-client";
import { AuthenticatorSetup } from "./authenticator-setup";

export interface AuthenticatorDialogProps {
  open: boolean;
  onClose: () => void;
  authenticator: Authenticator | null;
  change: Change;
  onDone: (recoveryCodes: string[]) => void;
}

const formatted = /[\s-]/g;

/** Links an authenticator app: its key as a QR code and as text, and the first code of the app. */
export function AuthenticatorDialog(props: AuthenticatorDialogProps) {
  const { open, authenticator, change, onDone } = props;
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();

  function forget() {
    setTyped("");
    setProblem(undefined);
  }

  function close() {
    props.onClose();
    forget();
  }

  function explain(error: unknown): boolean {
    const found = memberFailure(error, "/code", "The code");
    if (found) refuse(found);
    return found !== undefined;
  }

  function refuse(words: string) {
    setProblem(words);
    form.current?.querySelector("input")?.select();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const code = typed.replaceAll(formatted, "");
    if (!/^\d{6}$/.test(code)) return refuse("Enter the six digits that the app shows now.");
    setProblem(undefined);
    const done = (recoveryCodes: string[]) => {
      forget();
      onDone(recoveryCodes);
    };
    change.run(() => confirmAuthenticator(code), { done, explain });
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      title="Link an authenticator app"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" type="submit" form={id} aria-disabled={change.isBusy}>
            Turn on
          </Button>
        </>
      }
    >
      {authenticator ? <AuthenticatorSetup {...authenticator} /> : null}
      <form id={id} ref={form} method="post" noValidate onSubmit={submit} className="mt-5">
        <TextField
          label="Code from the app"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          hint="Six digits, new every half minute."
          error={problem}
          className="max-w-48 tabular-nums"
        />
      </form>
    </Dialog>
  );
}
