"use client";

import { useState } from "react";
import { checkNewPassword, checkPassword, newPasswordHint } from "@/app/_account/credentials";
import { memberFailure } from "@/app/_account/explain-failure";
import { PasswordField } from "@/app/_account/password-field";
import { Button } from "@/app/_ui/button";
import { useToasts } from "@/app/_ui/toasts";
import { FormDialog } from "@/app/settings/form-dialog";
import { useChange } from "@/app/settings/use-change";
import { type DialogForm, useDialogForm } from "@/app/settings/use-dialog-form";
import { changePassword, setPassword } from "@/lib/client/account-client";

const kinds = {
  change: {
    verb: "Change password",
    description: "You stay signed in here. All other sessions end; API keys go on working.",
    done: "Your password is changed. All other sessions have ended.",
  },
  set: {
    verb: "Set a password",
    description:
      "You can then sign in with your address and this password as well. All other sessions end.",
    done: "You have a password now. All other sessions have ended.",
  },
} as const;

const untouched = { current: "", next: "" };

function explain(error: unknown) {
  return {
    "current-password": memberFailure(error, "/currentPassword", "This"),
    "new-password": memberFailure(error, "/newPassword", "The new password"),
  };
}

/** A button, and the form behind it that changes the password or sets a first one. */
export function PasswordDialog({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const { show } = useToasts();
  const [isOpen, setOpen] = useState(false);
  const { verb, description, done } = kinds[hasPassword ? "change" : "set"];
  const form = useDialogForm({
    change: useChange(),
    untouched,
    check: ({ current, next }) => ({
      "current-password": hasPassword ? checkPassword(current) : undefined,
      "new-password": checkNewPassword(next),
    }),
    send: ({ current, next }) => (hasPassword ? changePassword(current, next) : setPassword(next)),
    explain,
    onDone: () => {
      setOpen(false);
      show({ message: done });
    },
    onClose: () => setOpen(false),
  });

  return (
    <>
      <Button onClick={() => setOpen(true)}>{verb}</Button>
      <FormDialog open={isOpen} title={verb} description={description} verb={verb} form={form}>
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        {hasPassword ? <CurrentPassword {...form} /> : null}
        <NewPassword {...form} />
      </FormDialog>
    </>
  );
}

type Fields = DialogForm<typeof untouched, keyof ReturnType<typeof explain>>;

function CurrentPassword({ typed, edit, problem }: Fields) {
  return (
    <PasswordField
      label="Current password"
      name="current-password"
      autoComplete="current-password"
      required
      value={typed.current}
      onChange={(event) => edit({ current: event.target.value })}
      error={problem["current-password"]}
    />
  );
}

function NewPassword({ typed, edit, problem }: Fields) {
  return (
    <PasswordField
      label="New password"
      name="new-password"
      autoComplete="new-password"
      required
      value={typed.next}
      onChange={(event) => edit({ next: event.target.value })}
      hint={newPasswordHint}
      error={problem["new-password"]}
    />
  );
}
