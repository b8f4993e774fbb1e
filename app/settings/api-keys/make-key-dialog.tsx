"use client";

import { type FormEvent, useId, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { TextField } from "@/app/_ui/text-field";
import { memberFailure } from "@/app/settings/failure-words";
import { useChange } from "@/app/settings/use-change";
import { type ApiKeyScope, createApiKey } from "@/lib/client/api-key-client";
import { defaultExpiry, ExpiryField, expirySeconds } from "./expiry-field";
import { ScopeBoxes } from "./scope-boxes";

export interface MakeKeyDialogProps {
  open: boolean;
  onClose: () => void;
  onMade: (key: string) => void;
}

type Problem = { name?: string | undefined; scopes?: string | undefined };

type Draft = { name: string; scopes: ApiKeyScope[]; expiry: string };

const fresh: Draft = { name: "", scopes: ["tasks:read"], expiry: defaultExpiry };

/** The form for a new key: what it is called, what it may do and for how long. */
export function MakeKeyDialog({ open, onClose, onMade }: MakeKeyDialogProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const { isBusy, isAside, run } = useChange();
  const [draft, setDraft] = useState(fresh);
  const [problem, setProblem] = useState<Problem>({});

  function forget() {
    setDraft(fresh);
    setProblem({});
  }

  function close() {
    onClose();
    forget();
  }

  function show(found: Problem): boolean {
    setProblem(found);
    if (!found.name && !found.scopes) return false;
    const selector = found.name ? "input[name=key-name]" : "input[type=checkbox]";
    form.current?.querySelector<HTMLInputElement>(selector)?.focus();
    return true;
  }

  function explain(error: unknown): boolean {
    return show({ name: memberFailure(error, "/name", "The name") });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const name = draft.name.trim();
    const found = {
      name: name === "" ? "Give the key a name, such as the program that uses it." : undefined,
      scopes: draft.scopes.length === 0 ? "Choose at least one." : undefined,
    };
    if (show(found)) return;
    const done = (key: string) => {
      forget();
      onMade(key);
    };
    const input = { name, scopes: draft.scopes, expiresIn: expirySeconds(draft.expiry) };
    run(() => createApiKey(input), { done, explain });
  }

  return (
    <Dialog
      open={open && !isAside}
      onClose={close}
      title="Make a key"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" type="submit" form={id} aria-disabled={isBusy}>
            Make key
          </Button>
        </>
      }
    >
      <form
        id={id}
        ref={form}
        method="post"
        noValidate
        onSubmit={submit}
        className="flex flex-col gap-5"
      >
        <TextField
          label="Name"
          name="key-name"
          autoComplete="off"
          required
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          hint="What uses it, such as “Backup script”."
          error={problem.name}
        />
        <ScopeBoxes
          chosen={draft.scopes}
          onChange={(scopes) => setDraft({ ...draft, scopes })}
          error={problem.scopes}
        />
        <ExpiryField value={draft.expiry} onChange={(expiry) => setDraft({ ...draft, expiry })} />
      </form>
    </Dialog>
  );
}
