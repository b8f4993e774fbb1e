"use client";

import { useState } from "react";
import { checkAddress } from "@/app/_account/credentials";
import { EmailField } from "@/app/_account/email-field";
import { memberFailure } from "@/app/_account/explain-failure";
import { Button } from "@/app/_ui/button";
import { useToasts } from "@/app/_ui/toasts";
import { FormDialog } from "@/app/settings/form-dialog";
import { useChange } from "@/app/settings/use-change";
import { useDialogForm } from "@/app/settings/use-dialog-form";
import { requestEmailChange } from "@/lib/client/security-client";

/** A button, and the form behind it that asks for another address. */
export function ChangeAddress() {
  const { show } = useToasts();
  const [isOpen, setOpen] = useState(false);
  const form = useDialogForm({
    change: useChange(),
    untouched: { email: "" },
    check: ({ email }) => ({ "new-email": checkAddress(email.trim()) }),
    send: ({ email }) => requestEmailChange(email.trim()),
    explain: (error) => ({ "new-email": memberFailure(error, "/newEmail", "The address") }),
    onDone: (_, { email }) => {
      setOpen(false);
      show({ message: `A link is on its way to ${email.trim()}. It works for an hour.` });
    },
    onClose: () => setOpen(false),
  });

  return (
    <>
      <Button onClick={() => setOpen(true)}>Change address</Button>
      <FormDialog
        open={isOpen}
        title="Change address"
        description="A link goes to the new address. The account moves when you follow it, and a note goes to the present address."
        verb="Send the link"
        form={form}
      >
        <EmailField
          label="New address"
          name="new-email"
          autoComplete="email"
          value={form.typed.email}
          onChange={(event) => form.edit({ email: event.target.value })}
          error={form.problem["new-email"]}
        />
      </FormDialog>
    </>
  );
}
