import "server-only";
import { z } from "zod";
import { readRecoveryCode } from "@/lib/auth/recovery-codes";

const typedLengthMax = 64;

const typed = z.string("must be text").max(typedLengthMax, "is too long");

/** Apps show a code in two groups, and some people type the gap. */
export const appCode = typed
  .transform((code) => code.replace(/\s/g, ""))
  .pipe(z.string().regex(/^[0-9]{6}$/, "must be six digits"));

export const recoveryCode = typed.transform((code, context) => {
  const read = readRecoveryCode(code);
  if (read === null) {
    context.addIssue({ code: "custom", message: "must be a recovery code of 16 characters" });
    return z.NEVER;
  }
  return read;
});

/** The bodies of the routes of two-step sign-in. */
export const enableTwoStepInput = z.strictObject({ method: z.enum(["totp", "passkey"]) });
export const appCodeInput = z.strictObject({ code: appCode });
export const recoveryCodeInput = z.strictObject({ code: recoveryCode });
