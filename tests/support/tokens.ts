import { symmetricEncrypt } from "better-auth/crypto";
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { database } from "@/lib/db/client";
import { randomText, type SignedIn } from "@/tests/support/users";

const tokenLifeSeconds = 900;

type SigningKey = { id: string; privateKey: CryptoKey };

let publishedKey: Promise<SigningKey> | undefined;

/**
 * A token of a session as `GET /api/auth/token` issues it, signed by a key that stands in `jwks`.
 *
 * @param claims claims that differ; `undefined` leaves one out
 */
export async function tokenFor(
  user: Pick<SignedIn, "id" | "email" | "sessionId">,
  claims: { [name: string]: unknown } = {},
): Promise<string> {
  publishedKey ??= publishKey();
  const { id, privateKey } = await publishedKey;
  const payload = { ...claimsFor(user), ...claims };
  return new SignJWT(payload).setProtectedHeader({ alg: "EdDSA", kid: id }).sign(privateKey);
}

/** The claims of a fresh token. */
export function claimsFor(user: Pick<SignedIn, "id" | "email" | "sessionId">): JWTPayload {
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: "http://localhost:3000",
    aud: "http://localhost:3000/api",
    sub: user.id,
    email: user.email,
    sid: user.sessionId,
    jti: randomText(),
    scope: "tasks:read tasks:write",
    iat: now,
    exp: now + tokenLifeSeconds,
  };
}

/** Makes a signing key and stores it as Better Auth would, so that Better Auth can sign with it too. */
export async function publishKey(createdAt = new Date()): Promise<SigningKey> {
  const id = randomText();
  const pair = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const encrypted = await symmetricEncrypt({
    key: process.env.BETTER_AUTH_SECRET ?? "",
    data: JSON.stringify(await exportJWK(pair.privateKey)),
  });
  await database().jwks.create({
    data: {
      id,
      publicKey: JSON.stringify(await exportJWK(pair.publicKey)),
      privateKey: JSON.stringify(encrypted),
      createdAt,
    },
  });
  return { id, privateKey: pair.privateKey };
}
