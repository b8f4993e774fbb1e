"use client";

import { TextField } from "@/app/_ui/text-field";
import type { CodeKind } from "./check-code";

interface CodeFieldProps {
  kind: CodeKind;
  /** The member that it is sent as. */
  name?: "code" | "recoveryCode";
  error: string | undefined;
}

const kinds = {
  "app-code": {
    label: "Six-digit code",
    hint: "From your authenticator app.",
    autoComplete: "one-time-code",
    inputMode: "numeric",
  },
  "recovery-code": {
    label: "Recovery code",
    hint: "One of the codes that you saved. Each works once.",
    autoComplete: "off",
    inputMode: "text",
  },
} as const;

/** Where a code for the second step is typed. It takes the focus, as nothing else is to be done. */
export function CodeField({ kind, name = "code", error }: CodeFieldProps) {
  return (
    <TextField
      {...kinds[kind]}
      name={name}
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
