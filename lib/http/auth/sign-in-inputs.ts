import "server-only";
import { z } from "zod";
import { anyPassword, email, name, newPassword } from "@/lib/http/auth/auth-inputs";
import { nameLengthMax } from "@/lib/person-name";

/** Parse it with `parseAsync`: a new password is looked up. */
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

export const verifyPasswordInput = z.strictObject({ password: anyPassword });

/** A display name for who gave none: the address before its "@". */
export function nameFrom(address: string): string {
  const [mailbox = ""] = address.split("@");
  return Array.from(mailbox).slice(0, nameLengthMax).join("");
}
