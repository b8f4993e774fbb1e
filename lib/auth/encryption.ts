import "server-only";
import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import { authSecrets } from "@/lib/db/secret";

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
