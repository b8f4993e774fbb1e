"use client";

import { memberFailure } from "@/app/_account/explain-failure";
import { TextField } from "@/app/_ui/text-field";
import { FormDialog } from "@/app/settings/form-dialog";
import { useChange } from "@/app/settings/use-change";
import { useDialogForm } from "@/app/settings/use-dialog-form";
import { type ApiKeyScope, createApiKey } from "@/lib/client/api-key-client";
import { defaultExpiry, ExpiryField, expirySeconds } from "./expiry-field";
import { ScopeBoxes } from "./scope-boxes";

export interface MakeKeyDialogProps {
  open: boolean;
  onClose: () => void;
  onMade: (key: string) => void;
}

type Draft = { name: string; scopes: ApiKeyScope[]; expiry: string };

const untouched: Draft = { name: "", scopes: ["tasks:read"], expiry: defaultExpiry };

function check({ name, scopes }: Draft) {
  return {
    "key-name":
      name.trim() === "" ? "Give the key a name, such as the program that uses it." : undefined,
    scopes: scopes.length === 0 ? "Choose at least one." : undefined,
  };
}

function send({ name, scopes, expiry }: Draft): Promise<string> {
  return createApiKey({ name: name.trim(), scopes, expiresIn: expirySeconds(expiry) });
}

/** The form for a new key: what it is called, what it may do and for how long. */
export function MakeKeyDialog({ open, onClose, onMade }: MakeKeyDialogProps) {
  const { typed, edit, problem, ...form } = useDialogForm({
    change: useChange(),
    untouched,
    check,
    send,
    explain: (error) => ({
      "key-name": memberFailure(error, "/name", "The name"),
      scopes: undefined,
    }),
    onDone: onMade,
    onClose,
  });

  return (
    <FormDialog open={open} title="Make a key" verb="Make key" form={form}>
      <TextField
        label="Name"
        name="key-name"
        autoComplete="off"
        required
        value={typed.name}
        onChange={(event) => edit({ name: event.target.value })}
        hint="What uses it, such as “Backup script”."
        error={problem["key-name"]}
      />
      <ScopeBoxes
        chosen={typed.scopes}
        onChange={(scopes) => edit({ scopes })}
        error={problem.scopes}
      />
      <ExpiryField value={typed.expiry} onChange={(expiry) => edit({ expiry })} />
    </FormDialog>
  );
}
