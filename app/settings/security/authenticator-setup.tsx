"use client";

import { CopyTextButton } from "@/app/settings/copy-text-button";
import type { Authenticator } from "@/lib/client/security-client";
import { QrCode } from "./qr-code";

/** What an authenticator app needs to know: to scan, to open on this device, or to type. */
export function AuthenticatorSetup({ totpUri, secret }: Authenticator) {
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
