import "server-only";
import { createHash, randomBytes, randomInt } from "node:crypto";
import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import { authSecrets } from "@/lib/db/secret";

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

/** Encrypts a text for the database (XChaCha20-Poly1305) with the current secret. */
export function encrypt(text: string): Promise<string> {
  return symmetricEncrypt({ key: encryptionSecret(), data: text });
}

/**
 * Decrypts a text that `encrypt`, or Better Auth for its signing keys, encrypted with one of our
 * secrets.
 *
 * @throws Error when no secret decrypts it
 */
export function decrypt(encrypted: string): Promise<string> {
  return symmetricDecrypt({ key: encryptionSecret(), data: encrypted });
}

/** The secrets in the form that Better Auth encrypts and decrypts its keys with. */
function encryptionSecret(): Parameters<typeof symmetricDecrypt>[0]["key"] {
  const { current, versions, legacy } = authSecrets();
  const [newest] = versions ?? [];
  if (!versions || !newest) {
    return current;
  }
  return {
    keys: new Map(versions.map(({ version, value }) => [version, value])),
    currentVersion: newest.version,
    legacySecret: legacy,
  };
}
