import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { database, type Transaction } from "@/lib/db/client";

const tokenBytes = 32;

/** What a token is good for; for nothing else. */
export type Purpose = "verify-email" | "reset-password" | "change-email" | "second-step";

/** What a token stands for: its person, and the address that it proves, where it proves one. */
export type TokenGrant = { userId: string; email: string | null };

type Writer = Pick<Transaction, "$queryRaw">;

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
  const token = randomBytes(tokenBytes).toString("base64url");
  const expiresAt = new Date(Date.now() + lifeSeconds * 1_000);
  await database().oneTimeToken.create({
    data: { hash: hashOf(token), userId, purpose, email, expiresAt },
  });
  return token;
}

/** Whom a token that still works stands for, without using it up, or null. */
export async function findOneTimeToken(
  token: string,
  purpose: Purpose,
): Promise<TokenGrant | null> {
  return database().oneTimeToken.findUnique({
    where: { hash: hashOf(token), purpose, expiresAt: { gt: new Date() } },
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
  writer: Writer,
  token: string,
  purpose: Purpose,
): Promise<TokenGrant | null> {
  const [grant] = await writer.$queryRaw<TokenGrant[]>`
    WITH "spent" AS (
      DELETE FROM "oneTimeToken"
      WHERE "hash" = ${hashOf(token)} AND "purpose" = ${purpose} AND "expiresAt" > ${new Date()}::timestamptz
      RETURNING "hash", "userId", "email"
    ), "others" AS (
      DELETE FROM "oneTimeToken" AS "t" USING "spent"
      WHERE "t"."userId" = "spent"."userId" AND "t"."purpose" = ${purpose} AND "t"."hash" <> "spent"."hash"
    )
    SELECT "userId", "email" FROM "spent"`;
  return grant ?? null;
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
