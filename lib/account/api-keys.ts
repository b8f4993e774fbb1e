import "server-only";
import { isApiKeyText, makeApiKeyText } from "@/lib/account/api-key-text";
import { apiKeysMax } from "@/lib/account/limits";
import { changeAs } from "@/lib/account/locks";
import { hashToken } from "@/lib/auth/cryptography";
import { forgetSessions } from "@/lib/auth/liveness";
import { database, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Scope } from "@/lib/operations/scopes";

/** An API key as its owner sees it. The key itself is shown once, when it is made. */
export type ApiKey = {
  id: string;
  name: string;
  scopes: string[];
  lastFour: string;
  /** Null for a key that never expires. */
  expiresAt: Date | null;
  /** Accurate to a minute; null for a key that was never used. */
  lastUsedAt: Date | null;
  createdAt: Date;
};

/** The columns that the owner of a key may see. */
const apiKeyColumns = {
  id: true,
  name: true,
  scopes: true,
  lastFour: true,
  expiresAt: true,
  lastUsedAt: true,
  createdAt: true,
} as const;

type ApiKeyRow = Omit<ApiKey, "scopes"> & { scopes: string };

/** The API keys of a user, newest first, including expired ones. */
export async function listApiKeys(userId: string): Promise<ApiKey[]> {
  const rows = await database().apiKey.findMany({
    where: { userId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: apiKeyColumns,
  });
  return rows.map(toApiKey);
}

/** An API key's row as its owner sees it. */
function toApiKey({ scopes, ...row }: ApiKeyRow): ApiKey {
  return { ...row, scopes: scopes.split(" ") };
}

/**
 * Makes an API key for a user who asks for it in a browser.
 *
 * @param sessionId the session that asks
 * @returns the key as its owner sees it, and its text, which is stored nowhere
 * @throws AppError `conflict` for a user with 100 keys, `unauthenticated` when the session ended in
 *   the same moment
 */
export function createApiKey(
  userId: string,
  sessionId: string,
  input: NewApiKey,
): Promise<MadeApiKey> {
  return changeAs(userId, sessionId, (tx) => insertApiKey(tx, userId, input));
}

export type NewApiKey = {
  name: string;
  scopes: Scope[];
  /** Seconds from now; null for a key that never expires. */
  expiresIn: number | null;
};

/** A key that was just made. Its text is not stored, so it can be shown only now. */
export type MadeApiKey = ApiKey & { key: string };

/**
 * Makes an API key. The transaction must have locked the user, so that parallel requests cannot
 * exceed the limit.
 *
 * @throws AppError `conflict` for a user with 100 keys
 */
export async function insertApiKey(
  tx: Transaction,
  userId: string,
  { name, scopes, expiresIn }: NewApiKey,
): Promise<MadeApiKey> {
  await refuseTooManyKeys(tx, userId);
  const key = makeApiKeyText();
  const row = await tx.apiKey.create({
    data: {
      userId,
      id: crypto.randomUUID(),
      name,
      scopes: scopes.join(" "),
      hash: hashToken(key),
      lastFour: key.slice(-4),
      expiresAt: expiresIn === null ? null : new Date(Date.now() + expiresIn * 1_000),
    },
    select: apiKeyColumns,
  });
  return { ...toApiKey(row), key };
}

/** @throws AppError `conflict` for a user with 100 keys that have not expired */
export async function refuseTooManyKeys(tx: Transaction, userId: string): Promise<void> {
  const isLive = { OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] };
  if ((await tx.apiKey.count({ where: { userId, ...isLive } })) >= apiKeysMax) {
    throw new AppError(
      "conflict",
      `You have ${apiKeysMax} API keys, the most there may be. Revoke one first.`,
    );
  }
}

/**
 * Revokes an API key of a user. Its tokens end at once in this process, and within a second in
 * others.
 *
 * @throws AppError `not_found` for a key that does not exist or belongs to another user
 */
export async function revokeApiKey(userId: string, id: string): Promise<void> {
  const { count } = await database().apiKey.deleteMany({ where: { userId, id } });
  forgetSessions();
  if (count === 0) {
    throw new AppError("not_found", "There is no such API key.");
  }
}

const usePrecisionMilliseconds = 60_000;

/** A valid API key, with what its tokens say about its owner. */
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
 * Finds the API key with this text, if it is valid, and notes its use, at most once a minute. One
 * statement does both, by the unique index on the hash. Text without the form of a key costs no
 * query.
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
