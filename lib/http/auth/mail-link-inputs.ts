import "server-only";
import { z } from "zod";
import { invalidLinkDetail } from "@/lib/account/mail-links";
import { anyPassword, email, newPassword } from "@/lib/http/auth/auth-inputs";

const address = email.transform((value) => value.toLowerCase());
const token = z.string("must be text").regex(/^[\w-]{43}$/, invalidLinkDetail);

/** The bodies of the routes that send links and take them back. */
export const addressInput = z.strictObject({ email: address });

export const changeEmailInput = z.strictObject({ newEmail: address });

export const linkInput = z.strictObject({ token });

export const verifyEmailInput = linkInput.extend({ password: anyPassword.optional() });

export const resetPasswordInput = z.strictObject({ token, newPassword });
