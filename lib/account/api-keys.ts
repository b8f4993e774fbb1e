import "server-only";
import { isApiKeyText, makeApiKeyText } from "@/lib/account/api-key-text";
import { apiKeysMax } from "@/lib/account/limits";
import { changeAs } from "@/lib/account/locks";
import { forgetSessions } from "@/lib/auth/liveness";
import { hashToken } from "@/lib/auth/random-token";
import { database, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Scope } from "@/lib/operations/scopes";

/** An API key as its owner sees it. The key itself is shown once, when it is made. */
export type ApiKey = {
  id: string;
  name: string;
  scopes: string[];
  lastFour: string;
  /** Null never ends. */
  expiresAt: Date | null;
  /** To within a minute; null for "never". */
  lastUsedAt: Date | null;
  createdAt: Date;
};

/** The members of a row that its owner may see. */
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

/** The API keys of a user, newest first, those that have ended too. */
export async function listApiKeys(userId: string): Promise<ApiKey[]> {
  const rows = await database().apiKey.findMany({
    where: { userId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: apiKeyColumns,
  });
  return rows.map(toApiKey);
}

/** A row as its owner sees it. */
function toApiKey({ scopes, ...row }: ApiKeyRow): ApiKey {
  return { ...row, scopes: scopes.split(" ") };
}

/**
 * Makes an API key for a user who asks for it in a browser.
 *
 * @param sessionId the session that asks
 * @returns the key as its owner sees it, and its text, which is stored nowhere
 * @throws AppError `conflict` for a user who has a hundred, `unauthenticated` when the session was ended
 *   in the same moment
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
  /** Seconds from now; null never ends. */
  expiresIn: number | null;
};

/** A key that was just made. Its text is stored nowhere, so this is the one time it can be shown. */
export type MadeApiKey = ApiKey & { key: string };

/**
 * Makes an API key in a transaction that has locked its user, so that parallel ones do not pass the
 * limit.
 *
 * @throws AppError `conflict` for a user who has a hundred
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

/** @throws AppError `conflict` for a user who has as many keys that work as there may be */
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
 * Revokes an API key of a user. Its tokens are dead at once here, and within a second in other
 * processes.
 *
 * @throws AppError `not_found` for a key that is not there or somebody else's
 */
export async function revokeApiKey(userId: string, id: string): Promise<void> {
  const { count } = await database().apiKey.deleteMany({ where: { userId, id } });
  forgetSessions();
  if (count === 0) {
    throw new AppError("not_found", "There is no such API key.");
  }
}

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
