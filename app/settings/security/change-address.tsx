"use client";

import { type FormEvent, useId, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { useToasts } from "@/app/_ui/toasts";
import { checkAddress } from "@/app/(auth)/credentials";
import { EmailField } from "@/app/(auth)/email-field";
import { memberFailure } from "@/app/settings/failure-words";
import { useChange } from "@/app/settings/use-change";
import { changeAddress } from "@/lib/client/security-client";

/** A button, and the form behind it that asks for another address. */
export function ChangeAddress() {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const { show } = useToasts();
  const { isBusy, isAside, run } = useChange();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();

  function close() {
    setOpen(false);
    setTyped("");
    setProblem(undefined);
  }

  function explain(error: unknown): boolean {
    const found = memberFailure(error, "/newEmail", "The address");
    if (found) refuse(found);
    return found !== undefined;
  }

  function refuse(words: string) {
    setProblem(words);
    form.current?.querySelector("input")?.focus();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const newEmail = typed.trim();
    const wrong = checkAddress(newEmail);
    if (wrong) return refuse(wrong);
    setProblem(undefined);
    run(() => changeAddress(newEmail), {
      done: () => {
        close();
        show({ message: `A link is on its way to ${newEmail}. It works for an hour.` });
      },
      explain,
    });
  }

  return (
    <>
      <Button onClick={() => setOpen(true)}>Change address</Button>
      <Dialog
        open={isOpen && !isAside}
        onClose={close}
        title="Change address"
        description="A link goes to the new address. The account moves when you follow it, and a note goes to the present address."
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" type="submit" form={id} aria-disabled={isBusy}>
              Send the link
            </Button>
          </>
        }
      >
        <form id={id} ref={form} method="post" noValidate onSubmit={submit}>
          <EmailField
            label="New address"
            name="new-email"
            autoComplete="email"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            error={problem}
          />
        </form>
      </Dialog>
    </>
  );
}
