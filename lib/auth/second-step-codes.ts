import "server-only";
import { Secret, TOTP } from "otpauth";
import { randomText } from "@/lib/auth/cryptography";
import { siteName } from "@/lib/auth/site";

const secretBytes = 20;
const stepSeconds = 30;
/** Clocks differ, and people type slowly, so one step before and after is accepted as well. */
const stepsAround = 1;

/** A new secret for an authenticator app (RFC 6238), in base32. */
export function newAppSecret(): string {
  return new Secret({ size: secretBytes }).base32;
}

/** The URI that an authenticator app reads from a QR code. */
export function appUri(secret: string, email: string): string {
  return totpOf(secret, email).toString();
}

/** The number of the time step that a code belongs to, or null for a wrong code. */
export function stepOfCode(secret: string, code: string): bigint | null {
  const timestamp = Date.now();
  const delta = totpOf(secret, "").validate({ token: code, timestamp, window: stepsAround });
  return delta === null ? null : BigInt(Math.floor(timestamp / 1_000 / stepSeconds) + delta);
}

// These parameters work with every app; many apps ignore other values.
function totpOf(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: siteName,
    label,
    algorithm: "SHA1",
    digits: 6,
    period: stepSeconds,
    secret: Secret.fromBase32(secret),
  });
}

const codesCount = 10;
const codeLength = 16;
// Crockford's alphabet: 5 bits per character, without characters that look alike.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** New recovery codes of 80 random bits each, in groups of four. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: codesCount }, () => inGroups(randomText(alphabet, codeLength)));
}

/** A typed recovery code in the form in which it was made, or null if it cannot be one. */
export function readRecoveryCode(typed: string): string | null {
  const code = typed.replace(/[\s-]/g, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code) ? inGroups(code) : null;
}

function inGroups(code: string): string {
  return code.replace(/(.{4})(?=.)/g, "$1-");
}
