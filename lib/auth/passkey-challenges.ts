import "server-only";
import { hashToken, randomToken } from "@/lib/auth/random-token";
import { database } from "@/lib/db/client";

export const passkeyChallengeSeconds = 300;

/**
 * Keeps the challenge of a WebAuthn ceremony.
 *
 * @param userId whose passkey is registered; null for a sign-in
 * @returns the token that goes to the browser; only its hash is stored
 */
export async function keepPasskeyChallenge(
  userId: string | null,
  challenge: string,
): Promise<string> {
  const token = randomToken();
  const expiresAt = new Date(Date.now() + passkeyChallengeSeconds * 1_000);
  await database().passkeyChallenge.create({
    data: { hash: hashToken(token), challenge, userId, expiresAt },
  });
  return token;
}

/**
 * Takes a challenge away for its one use, or null for one that is over, used, or another person's.
 *
 * @param userId the person that it was kept for
 */
export async function takePasskeyChallenge(
  userId: string | null,
  token: string,
): Promise<string | null> {
  const [taken] = await database().$queryRaw<{ challenge: string }[]>`
    DELETE FROM "passkeyChallenge"
    WHERE "hash" = ${hashToken(token)} AND "userId" IS NOT DISTINCT FROM ${userId}
      AND "expiresAt" > ${new Date()}::timestamptz
    RETURNING "challenge"`;
  return taken?.challenge ?? null;
}
