import "server-only";
import { createHash, randomBytes, randomInt } from "node:crypto";

const tokenBytes = 32;

/** A new token of 256 random bits, in URL-safe characters. */
export function randomToken(): string {
  return randomBytes(tokenBytes).toString("base64url");
}

/** Random text of a length, every character of an alphabet being equally likely. */
export function randomText(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
}

/** What is stored of a secret that we made. It is random, so a fast hash without salt keeps it. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
