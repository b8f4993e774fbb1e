import "server-only";
import { randomInt } from "node:crypto";

/** No vowels, so that no words arise, and nothing that looks like something else (RFC 8628, section 6.1). */
const letters = "BCDFGHJKLMNPQRSTVWXZ";
const length = 8;
const form = new RegExp(`^[${letters}]{${length}}$`);

/** A new code for a person to type, without its dash. */
export function makeUserCode(): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
}

/** A typed code as it is stored, whatever its case and whatever stands between its letters, or null. */
export function readUserCode(typed: string): string | null {
  const code = typed.trim().replaceAll(/[\s-]/g, "").toUpperCase();
  return form.test(code) ? code : null;
}

/** A stored code as it is shown. */
export function showUserCode(code: string): string {
  return `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;
}
