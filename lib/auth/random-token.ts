import "server-only";
import { createHash, randomBytes, randomInt } from "node:crypto";

const tokenBytes = 32;

/** A new token of 256 random bits, in URL-safe characters. */
export function randomToken(): string {
  return randomBytes(tokenBytes).toString("base64url");
}

/** A random text of the given length; all characters of the alphabet are equally likely. */
export function randomText(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
}

/** The hash under which a token is stored. A random token needs neither salt nor a slow hash. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
