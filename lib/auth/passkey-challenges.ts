import "server-only";
import { hashToken, randomToken } from "@/lib/auth/cryptography";
import { database } from "@/lib/db/client";
import { signInFirst } from "@/lib/errors";

export const passkeyChallengeSeconds = 300;

/**
 * Stores the challenge of a WebAuthn ceremony. It has no foreign key to its person, so it waits for a
 * deletion of the account that is in progress.
 *
 * @param userId the person who registers a passkey; null for a sign-in
 * @returns the token for the browser; only its hash is stored
 * @throws AppError `unauthenticated` when the account was deleted in the same moment
 */
export async function keepPasskeyChallenge(
  userId: string | null,
  challenge: string,
): Promise<string> {
  const token = randomToken();
  const expiresAt = new Date(Date.now() + passkeyChallengeSeconds * 1_000);
  const data = { hash: hashToken(token), challenge, expiresAt };
  if (userId === null) {
    await database().passkeyChallenge.create({ data });
  } else {
    await keepFor(userId, data);
  }
  return token;
}

async function keepFor(
  userId: string,
  { hash, challenge, expiresAt }: { hash: string; challenge: string; expiresAt: Date },
): Promise<void> {
  const count = await database().$executeRaw`
    INSERT INTO "passkeyChallenge" ("hash", "challenge", "userId", "expiresAt")
    SELECT ${hash}, ${challenge}, "id", ${expiresAt}::timestamptz
    FROM "user" WHERE "id" = ${userId} FOR SHARE`;
  if (count === 0) {
    throw signInFirst();
  }
}

/**
 * Deletes a challenge and returns it, for its one use, or null if it has expired, was used, or
 * belongs to another person.
 *
 * @param userId the person it was stored for
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
