import "server-only";
import { isApiKeyText } from "@/lib/account/api-key-text";
import { hashToken } from "@/lib/auth/random-token";
import { database } from "@/lib/db/client";

const usePrecisionMilliseconds = 60_000;

/** A key that works, and what a token of it says of its owner. */
export type FoundApiKey = {
  userId: string;
  email: string;
  emailVerified: boolean;
  keyId: string;
  /** Space-separated. */
  scopes: string;
  expiresAt: Date | null;
};

/**
 * The API key with a text, if it works, or null; its use is noted, to within a minute. One statement
 * by the unique index on its hash. What is not of a key's form costs no query.
 */
export async function findApiKey(text: string): Promise<FoundApiKey | null> {
  if (!isApiKeyText(text)) {
    return null;
  }
  const now = new Date();
  const noteAfter = new Date(now.getTime() - usePrecisionMilliseconds);
  const [found] = await database().$queryRaw<FoundApiKey[]>`
    WITH "found" AS (
      SELECT "k"."userId", "u"."email", "u"."emailVerified", "k"."id" AS "keyId", "k"."scopes",
        "k"."expiresAt", "k"."lastUsedAt"
      FROM "apiKey" AS "k" JOIN "user" AS "u" ON "u"."id" = "k"."userId"
      WHERE "k"."hash" = ${hashToken(text)}
        AND ("k"."expiresAt" IS NULL OR "k"."expiresAt" > ${now}::timestamptz)
    ), "noted" AS (
      UPDATE "apiKey" AS "k" SET "lastUsedAt" = ${now}::timestamptz FROM "found"
      WHERE "k"."userId" = "found"."userId" AND "k"."id" = "found"."keyId"
        AND ("found"."lastUsedAt" IS NULL OR "found"."lastUsedAt" <= ${noteAfter}::timestamptz)
    )
    SELECT "userId", "email", "emailVerified", "keyId", "scopes", "expiresAt" FROM "found"`;
  return found ?? null;
}
