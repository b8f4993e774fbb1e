"use client";

import { type FormEvent, useId, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { TextField } from "@/app/_ui/text-field";
import { memberFailure } from "@/app/settings/failure-words";
import { useChange } from "@/app/settings/use-change";
import { renamePasskey } from "@/lib/client/passkey-client";

export interface RenamePasskeyProps {
  open: boolean;
  onClose: () => void;
  passkey: { id: string; name: string };
}

/** The form that gives a passkey another name. */
export function RenamePasskey({ open, onClose, passkey }: RenamePasskeyProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const { isBusy, isAside, run } = useChange();
  const [problem, setProblem] = useState<string>();

  function close() {
    onClose();
    setProblem(undefined);
  }

  function explain(error: unknown): boolean {
    const found = memberFailure(error, "/name", "The name");
    if (found) refuse(found);
    return found !== undefined;
  }

  function refuse(words: string) {
    setProblem(words);
    field.current?.focus();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const name = field.current?.value.trim() ?? "";
    if (name === "") return refuse("Enter a name. Any name will do.");
    setProblem(undefined);
    run(() => renamePasskey(passkey.id, name), { done: close, explain });
  }

  return (
    <Dialog
      open={open && !isAside}
      onClose={close}
      title="Rename passkey"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" type="submit" form={id} aria-disabled={isBusy}>
            Rename
          </Button>
        </>
      }
    >
      <form id={id} method="post" noValidate onSubmit={submit}>
        <TextField
          ref={field}
          label="Name"
          name="passkey-name"
          autoComplete="off"
          required
          defaultValue={passkey.name}
          error={problem}
        />
      </form>
    </Dialog>
  );
}
