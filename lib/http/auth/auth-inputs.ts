import "server-only";
import { z } from "zod";
import { isCommonPassword, passwordLengthMax, passwordLengthMin } from "@/lib/auth/password-rules";

const emailLengthMax = 254;
const nameLengthMax = 100;

const text = z.string("must be text").refine(isPlain, "has a character that text cannot have");

const email = z
  .email("must be an e-mail address")
  .max(emailLengthMax, `must have at most ${emailLengthMax} characters`);

const anyPassword = text
  .min(1, "must not be empty")
  .refine(
    (password) => codePoints(password) <= passwordLengthMax,
    `must have at most ${passwordLengthMax} characters`,
  );

const newPassword = anyPassword
  .refine(
    (password) => codePoints(password) >= passwordLengthMin,
    `must have at least ${passwordLengthMin} characters`,
  )
  .refine(
    async (password) => !(await isCommonPassword(password)),
    "is one of the most common passwords",
  );

const name = text
  .refine((value) => value.trim() !== "", "must not be empty")
  .refine(
    (value) => codePoints(value) <= nameLengthMax,
    `must have at most ${nameLengthMax} characters`,
  );

/** The bodies of the auth routes. Parse them with `parseAsync`: a new password is looked up. */
export const signUpInput = z.strictObject({
  email,
  password: newPassword,
  name: name.optional(),
  rememberMe: z.boolean().optional(),
});

export const signInInput = z.strictObject({
  email,
  password: anyPassword,
  rememberMe: z.boolean().optional(),
});

export const changePasswordInput = z.strictObject({
  currentPassword: anyPassword,
  newPassword,
  // The other sessions end in any case.
  revokeOtherSessions: z.literal(true).optional(),
});

export const updateUserInput = z.strictObject({ name });

export const deleteUserInput = z.strictObject({ password: anyPassword });

export const emptyInput = z.strictObject({}).optional();

/** A display name for who gave none: the address before its "@". */
export function nameFrom(address: string): string {
  const [mailbox = ""] = address.split("@");
  return Array.from(mailbox).slice(0, nameLengthMax).join("");
}

/** PostgreSQL stores no NUL, and UTF-8 has no lone surrogate. */
function isPlain(value: string): boolean {
  return value.isWellFormed() && !value.includes("\0");
}

function codePoints(value: string): number {
  return Array.from(value).length;
}
