import "server-only";
import { z } from "zod";
import { isCommonPassword } from "@/lib/auth/password-rules";
import { readRecoveryCode } from "@/lib/auth/second-step-codes";
import {
  emailAddressForm,
  emailLengthMax,
  nameLengthMax,
  passwordLengthMax,
  passwordLengthMin,
} from "@/lib/operations/account-fields";
import { anyText, codePoints, isStorable, textCharacter } from "@/lib/planning/text";

const textLengthMax = 1_024;
const codeLengthMax = 64;

/** Names are shown as text and never as links. One that is a script URL is refused nevertheless. */
const scriptUrl = /^\s*(javascript|data|vbscript):/i;

const scripts =
  "[jJ][aA][vV][aA][sS][cC][rR][iI][pP][tT]|[dD][aA][tT][aA]|[vV][bB][sS][cC][rR][iI][pP][tT]";
/** The same rule as a regular expression without flags, for the OpenAPI document. */
export const anyName = `^(?!\\s*(?:${scripts}):)(?=[\\s\\S]*\\S)${textCharacter}*$`;

const plainText = z
  .string("must be text")
  .refine(isStorable, "has a character that text cannot have");

export const text = plainText
  .refine(
    (value) => codePoints(value) <= textLengthMax,
    `must have at most ${textLengthMax} characters`,
  )
  .meta({ maxLength: textLengthMax, pattern: anyText });

export const email = z
  .email({ pattern: emailAddressForm, error: "must be an e-mail address" })
  .max(emailLengthMax, `must have at most ${emailLengthMax} characters`);

export const anyPassword = plainText
  .min(1, "must not be empty")
  .refine(
    (password) => codePoints(password) <= passwordLengthMax,
    `must have at most ${passwordLengthMax} characters`,
  )
  .meta({ minLength: 1, maxLength: passwordLengthMax, pattern: anyText });

export const newPassword = anyPassword
  .refine(
    (password) => codePoints(password) >= passwordLengthMin,
    `must have at least ${passwordLengthMin} characters`,
  )
  .refine(
    async (password) => !(await isCommonPassword(password)),
    "is one of the most common passwords",
  )
  .meta({
    minLength: passwordLengthMin,
    maxLength: passwordLengthMax,
    pattern: anyText,
  });

export const name = plainText
  .refine((value) => value.trim() !== "", "must not be empty")
  .refine((value) => !scriptUrl.test(value), "must be a name, not a link")
  .refine(
    (value) => codePoints(value) <= nameLengthMax,
    `must have at most ${nameLengthMax} characters`,
  )
  .meta({ minLength: 1, maxLength: nameLengthMax, pattern: anyName });

/** Whether a new account begins with tasks that show how the app works. Our pages ask for them. */
export const wantsOnboardingTasks = z.boolean("must be true or false").default(false);

const typedCode = z.string("must be text").max(codeLengthMax, "is too long");

/** Apps show a code in two groups, and some people type the space between them. */
export const appCode = typedCode
  .transform((code) => code.replace(/\s/g, ""))
  .pipe(z.string().regex(/^[0-9]{6}$/, "must be six digits"));

export const recoveryCode = typedCode.transform((code, context) => {
  const read = readRecoveryCode(code);
  if (read === null) {
    context.addIssue({ code: "custom", message: "must be a recovery code of 16 characters" });
    return z.NEVER;
  }
  return read;
});

/** A body with a code of an authenticator app. */
export const appCodeInput = z.strictObject({ code: appCode });

/** Parse it with `parseAsync`, because a new password is looked up in a list. */
export const signUpInput = z.strictObject({
  email,
  password: newPassword,
  name: name.optional(),
  rememberMe: z.boolean().optional(),
  onboardingTasks: wantsOnboardingTasks,
});

export const signInInput = z.strictObject({
  email,
  password: anyPassword,
  rememberMe: z.boolean().optional(),
});
