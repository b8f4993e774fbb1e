import "server-only";
import { randomText } from "@/lib/auth/random-token";

const codesCount = 10;
const codeLength = 16;
// Crockford's alphabet: 5 bits a character, and none that looks like another.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** New recovery codes of 80 random bits each, in groups of four. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: codesCount }, () => inGroups(randomText(alphabet, codeLength)));
}

/** A recovery code as it was made, from what a person typed, or null for what cannot be one. */
export function readRecoveryCode(typed: string): string | null {
  const code = typed.replace(/[\s-]/g, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code) ? inGroups(code) : null;
}

function inGroups(code: string): string {
  return code.replace(/(.{4})(?=.)/g, "$1-");
}
