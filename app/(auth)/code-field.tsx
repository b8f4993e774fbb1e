"use client";

import { TextField } from "@/app/_ui/text-field";

interface CodeFieldProps {
  kind: "totp" | "backup-code";
  error: string | undefined;
}

const kinds = {
  totp: {
    label: "Six-digit code",
    hint: "From the authenticator app that you set up for Evo-TODO.",
    autoComplete: "one-time-code",
    inputMode: "numeric",
  },
  "backup-code": {
    label: "Recovery code",
    hint: "One of the codes that you saved. Each works once.",
    autoComplete: "off",
    inputMode: "text",
  },
} as const;

/** Where a code for the second step is typed. It takes the focus, as nothing else is to be done. */
export function CodeField({ kind, error }: CodeFieldProps) {
  return (
    <TextField
      {...kinds[kind]}
      name="code"
      required
      autoFocus
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      error={error}
      className="tabular-nums"
    />
  );
}
