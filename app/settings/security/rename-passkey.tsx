"use client";

import { memberFailure } from "@/app/_account/explain-failure";
import { TextField } from "@/app/_ui/text-field";
import { FormDialog } from "@/app/settings/form-dialog";
import { useChange } from "@/app/settings/use-change";
import { useDialogForm } from "@/app/settings/use-dialog-form";
import { renamePasskey } from "@/lib/client/passkey-client";

export interface RenamePasskeyProps {
  open: boolean;
  onClose: () => void;
  passkey: { id: string; name: string };
  onRenamed: (name: string) => void;
}

/** The form that gives a passkey another name. */
export function RenamePasskey({ open, onClose, passkey, onRenamed }: RenamePasskeyProps) {
  const form = useDialogForm({
    change: useChange(),
    untouched: { name: passkey.name },
    check: ({ name }) => ({
      "passkey-name": name.trim() === "" ? "Enter a name. Any name will do." : undefined,
    }),
    send: ({ name }) => renamePasskey(passkey.id, name.trim()),
    explain: (error) => ({ "passkey-name": memberFailure(error, "/name", "The name") }),
    onDone: (_, { name }) => onRenamed(name.trim()),
    onClose,
  });

  return (
    <FormDialog open={open} title="Rename passkey" verb="Rename" form={form}>
      <TextField
        label="Name"
        name="passkey-name"
        autoComplete="off"
        required
        value={form.typed.name}
        onChange={(event) => form.edit({ name: event.target.value })}
        error={form.problem["passkey-name"]}
      />
    </FormDialog>
  );
}
