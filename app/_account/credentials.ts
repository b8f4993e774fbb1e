import {
  isEmailAddress,
  passwordLengthMax,
  passwordLengthMin,
} from "@/lib/operations/account-fields";
import { codePoints } from "@/lib/planning/text";

export const newPasswordHint = `${passwordLengthMin} to ${passwordLengthMax} characters, 15 or more recommended. Any characters, spaces too.`;

/** What is wrong with an address before it is sent, if anything. */
export function checkAddress(email: string): string | undefined {
  return isEmailAddress(email) ? undefined : "Enter an e-mail address, such as ada@example.com.";
}

/** What is wrong with the password of an account before it is sent, if anything. */
export function checkPassword(password: string): string | undefined {
  return password === "" ? "Enter your password." : undefined;
}

/** What is wrong with a new password before it is sent, if anything. The server knows more. */
export function checkNewPassword(password: string): string | undefined {
  const length = codePoints(password);
  if (length === 0) {
    return "Enter a password.";
  }
  if (length < passwordLengthMin) {
    return `Use at least ${passwordLengthMin} characters. This one has ${length}.`;
  }
  if (length > passwordLengthMax) {
    return `Use at most ${passwordLengthMax} characters. This one has ${length}.`;
  }
  return undefined;
}
