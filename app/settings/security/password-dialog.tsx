"use client";

import { type FormEvent, useId, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { useToasts } from "@/app/_ui/toasts";
import { checkNewPassword, checkPassword, newPasswordHint } from "@/app/(auth)/credentials";
import { PasswordField } from "@/app/(auth)/password-field";
import { memberFailure } from "@/app/settings/failure-words";
import { useChange } from "@/app/settings/use-change";
import { changePassword, setPassword } from "@/lib/client/account-client";

type Problem = { current?: string | undefined; next?: string | undefined };

const nothingTyped = { current: "", next: "" };

/** A button, and the form behind it that changes the password or sets a first one. */
export function PasswordDialog({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const { show } = useToasts();
  const { isBusy, isAside, run } = useChange();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState(nothingTyped);
  const [problem, setProblem] = useState<Problem>({});
  const verb = hasPassword ? "Change password" : "Set a password";

  function close() {
    setOpen(false);
    setTyped(nothingTyped);
    setProblem({});
  }

  function explain(error: unknown): boolean {
    const current = memberFailure(error, "/currentPassword", "This");
    const next = memberFailure(error, "/newPassword", "The new password");
    return refuse({ current, next });
  }

  function refuse({ current, next }: Problem): boolean {
    setProblem({ current, next });
    if (!current && !next) return false;
    const field = form.current?.elements.namedItem(current ? "current-password" : "new-password");
    if (field instanceof HTMLElement) field.focus();
    return true;
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const { current, next } = typed;
    const wrong = {
      current: hasPassword ? checkPassword(current) : undefined,
      next: checkNewPassword(next),
    };
    if (refuse(wrong)) return;
    const change = () => (hasPassword ? changePassword(current, next) : setPassword(next));
    const message = hasPassword
      ? "Your password is changed. All other sessions have ended."
      : "You have a password now.";
    run(change, {
      done: () => {
        close();
        show({ message });
      },
      explain,
    });
  }

  return (
    <>
      <Button onClick={() => setOpen(true)}>{verb}</Button>
      <Dialog
        open={isOpen && !isAside}
        onClose={close}
        title={verb}
        description={
          hasPassword
            ? "You stay signed in here. All other sessions end; API keys go on working."
            : "You can then sign in with your address and this password as well."
        }
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" type="submit" form={id} aria-disabled={isBusy}>
              {verb}
            </Button>
          </>
        }
      >
        <form id={id} ref={form} method="post" noValidate onSubmit={submit} className="space-y-4">
          <input type="text" autoComplete="username" value={email} readOnly hidden />
          {hasPassword ? (
            <PasswordField
              label="Current password"
              name="current-password"
              autoComplete="current-password"
              required
              value={typed.current}
              onChange={(event) => setTyped({ ...typed, current: event.target.value })}
              error={problem.current}
            />
          ) : null}
          <PasswordField
            label="New password"
            name="new-password"
            autoComplete="new-password"
            required
            value={typed.next}
            onChange={(event) => setTyped({ ...typed, next: event.target.value })}
            hint={newPasswordHint}
            error={problem.next}
          />
        </form>
      </Dialog>
    </>
  );
}
