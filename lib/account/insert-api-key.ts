import "server-only";
import { makeApiKeyText } from "@/lib/account/api-key-text";
import { apiKeysMax } from "@/lib/account/limits";
import { type ApiKey, apiKeyColumns, toApiKey } from "@/lib/account/list-api-keys";
import { hashToken } from "@/lib/auth/random-token";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Scope } from "@/lib/operations/scopes";

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
