"use client";

import { useEffect } from "react";
import { checkCode } from "@/app/_account/check-code";
import { memberFailure } from "@/app/_account/explain-failure";
import { TextField } from "@/app/_ui/text-field";
import { CopyTextButton } from "@/app/settings/copy-text-button";
import { FormDialog } from "@/app/settings/form-dialog";
import type { ChangeRunner } from "@/app/settings/use-change";
import { useDialogForm } from "@/app/settings/use-dialog-form";
import { type Authenticator, confirmAuthenticatorApp } from "@/lib/client/security-client";
import { QrCode } from "./qr-code";

export interface AuthenticatorDialogProps {
  open: boolean;
  onClose: () => void;
  authenticator: Authenticator | null;
  change: ChangeRunner;
  onDone: (recoveryCodes: string[]) => void;
}

/** Apps show a code in two groups, and some people type what stands between them. */
function digitsOf(code: string): string {
  return code.replaceAll(/[\s-]/g, "");
}

/** Links an authenticator app: its key as a QR code and as text, and the first code of the app. */
export function AuthenticatorDialog(props: AuthenticatorDialogProps) {
  const { open, onClose, authenticator, change, onDone } = props;
  const form = useDialogForm({
    change,
    untouched: { code: "" },
    check: ({ code }) => ({ code: checkCode("app-code", digitsOf(code)) }),
    send: ({ code }) => confirmAuthenticatorApp(digitsOf(code)),
    explain: (error) => ({ code: memberFailure(error, "/code", "The code") }),
    onDone,
    onClose,
  });

  const { ref, problem } = form;

  // A wrong code is typed over, not mended.
  useEffect(() => {
    if (problem.code) {
      ref.current?.querySelector("input")?.select();
    }
  }, [ref, problem]);

  return (
    <FormDialog
      open={open}
      title="Link an authenticator app"
      verb="Turn on"
      form={form}
      before={authenticator ? <AuthenticatorSetup {...authenticator} /> : null}
    >
      <TextField
        label="Code from the app"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={form.typed.code}
        onChange={(event) => form.edit({ code: event.target.value })}
        hint="Six digits, new every half minute."
        error={problem.code}
        className="max-w-48 tabular-nums"
      />
    </FormDialog>
  );
}

/** What an authenticator app needs to know: to scan, to open on this device, or to type. */
function AuthenticatorSetup({ totpUri, secret }: Authenticator) {
  const groups = secret.match(/.{1,4}/g) ?? [];
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-4">
      <QrCode text={totpUri} label="QR code for an authenticator app" />
      <div className="min-w-0 flex-1 basis-48">
        <p>Scan the code with your authenticator app, or type this key into it:</p>
        <p className="mt-2 font-mono font-medium select-all">{groups.join(" ")}</p>
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <CopyTextButton label="Copy key" text={secret} />
          <a href={totpUri} className="font-medium text-accent underline underline-offset-4">
            Open an app on this device
          </a>
        </div>
      </div>
    </div>
  );
}
