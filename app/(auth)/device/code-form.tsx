"use client";

import { AuthForm } from "@/app/_account/auth-form";
import { useAuthForm } from "@/app/_account/use-auth-form";
import { TextField } from "@/app/_ui/text-field";

export interface CodeFormProps {
  code: string;
  hasFocus: boolean;
  /** Throws ApiError for a code that nothing waits under. */
  onCode: (code: string) => Promise<void>;
}

/** Where the code is typed, in any case, with or without its dash. */
export function CodeForm({ code, hasFocus, onCode }: CodeFormProps) {
  const form = useAuthForm({
    fields: ["userCode"],
    check: ({ userCode }) => ({
      userCode: /^(?:[\s-]*\p{L}){8}[\s-]*$/u.test(userCode)
        ? undefined
        : "Enter the eight letters, such as BCDF-GHJK.",
    }),
    send: ({ userCode }) => onCode(userCode),
  });
  return (
    <AuthForm form={form} verb="Go on" busy="Looking for the device">
      <TextField
        label="Code"
        name="userCode"
        hint="Eight letters, capital or small, with or without the dash."
        defaultValue={code}
        required
        autoFocus={hasFocus}
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        error={form.problem.userCode}
        className="uppercase tracking-widest"
      />
    </AuthForm>
  );
}
