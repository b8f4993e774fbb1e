import "server-only";
import { hashToken, randomToken } from "@/lib/auth/cryptography";
import { database, type Transaction } from "@/lib/db/client";

/** The one purpose that a token can be used for. */
export type Purpose = "verify-email" | "reset-password" | "change-email" | "second-step";

/** What a token grants: its person, and the address that it proves, if any. */
export type TokenGrant = { userId: string; email: string | null };

/**
 * Makes a token of 256 random bits for one person and one purpose. Only its hash is stored.
 *
 * @param lifeSeconds how long it works: at most an hour for links in mail
 * @param email the address that it is sent to
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
 * What a token grants, without using it up, or null if it does not work.
 *
 * @param reader the transaction to read in, if there is one
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
 * Uses up a token, and with it all others of this person and purpose. Of two uses at once, one
 * succeeds.
 *
 * @param writer the transaction that does what the token allows
 * @returns what it granted, or null if it does not work
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
