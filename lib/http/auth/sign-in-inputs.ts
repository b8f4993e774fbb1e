import "server-only";
import { z } from "zod";
import {
  anyPassword,
  email,
  name,
  newPassword,
  onboardingTasks,
} from "@/lib/http/auth/auth-inputs";
import { appCode, recoveryCode } from "@/lib/http/auth/two-step-inputs";
import { nameLengthMax } from "@/lib/person-name";

/** Parse it with `parseAsync`: a new password is looked up. */
export const signUpInput = z.strictObject({
  email,
  password: newPassword,
  name: name.optional(),
  rememberMe: z.boolean().optional(),
  onboardingTasks,
});

export const signInInput = z.strictObject({
  email,
  password: anyPassword,
  rememberMe: z.boolean().optional(),
});

/** With two-step sign-in on a code is needed too: of the app, or one of the recovery codes. */
export const verifyPasswordInput = z
  .strictObject({
    password: anyPassword,
    code: appCode.optional(),
    recoveryCode: recoveryCode.optional(),
  })
  .refine(({ code, recoveryCode }) => code === undefined || recoveryCode === undefined, {
    path: ["recoveryCode"],
    error: "must be left out where there is a code",
  });

export type VerifyPasswordInput = z.infer<typeof verifyPasswordInput>;

/** A display name for who gave none: the address before its "@". */
export function nameFrom(address: string): string {
  const [mailbox = ""] = address.split("@");
  return Array.from(mailbox).slice(0, nameLengthMax).join("");
}
