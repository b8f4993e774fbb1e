import "server-only";
import { hashToken, randomToken } from "@/lib/auth/random-token";
import { database, type Transaction } from "@/lib/db/client";

/** What a token is good for; for nothing else. */
export type Purpose = "verify-email" | "reset-password" | "change-email" | "second-step";

/** What a token stands for: its person, and the address that it proves, where it proves one. */
export type TokenGrant = { userId: string; email: string | null };

/**
 * Makes a token of 256 random bits for one person and one purpose. Only its hash is stored.
 *
 * @param lifeSeconds how long it works; links in mail at most an hour
 * @param email the address it is sent to
 */
export async function issueOneTimeToken(
  userId: string,
  purpose: Purpose,
  lifeSeconds: number,
  email: string | null = null,
): Promise<string> {
  const token = randomToken();
  const expiresAt = new Date(Date.now() + lifeSeconds * 1_000);
  await database().oneTimeToken.create({
    data: { hash: hashToken(token), userId, purpose, email, expiresAt },
  });
  return token;
}

/**
 * Whom a token that still works stands for, without using it up, or null.
 *
 * @param reader the transaction that asks, inside one
 */
export async function findOneTimeToken(
  token: string,
  purpose: Purpose,
  reader: Pick<Transaction, "oneTimeToken"> = database(),
): Promise<TokenGrant | null> {
  return reader.oneTimeToken.findUnique({
    where: { hash: hashToken(token), purpose, expiresAt: { gt: new Date() } },
    select: { userId: true, email: true },
  });
}

/**
 * Uses a token up, and with it all others of this person and purpose. Of two uses at once, one wins.
 *
 * @param writer the transaction that does what the token allows, so that both happen or neither
 * @returns whom it stood for, or null when it never worked, no longer does or was used
 */
export async function spendOneTimeToken(
  writer: Pick<Transaction, "$queryRaw">,
  token: string,
  purpose: Purpose,
): Promise<TokenGrant | null> {
  const [grant] = await writer.$queryRaw<TokenGrant[]>`
    WITH "spent" AS (
      DELETE FROM "oneTimeToken"
      WHERE "hash" = ${hashToken(token)} AND "purpose" = ${purpose} AND "expiresAt" > ${new Date()}::timestamptz
      RETURNING "hash", "userId", "email"
    ), "others" AS (
      DELETE FROM "oneTimeToken" AS "t" USING "spent"
      WHERE "t"."userId" = "spent"."userId" AND "t"."purpose" = ${purpose} AND "t"."hash" <> "spent"."hash"
    )
    SELECT "userId", "email" FROM "spent"`;
  return grant ?? null;
}
