import "server-only";
import { insertApiKey, type MadeApiKey, type NewApiKey } from "@/lib/account/insert-api-key";
import { transaction } from "@/lib/db/client";

/**
 * Makes an API key for a user.
 *
 * @returns the key as its owner sees it, and its text, which is stored nowhere
 * @throws AppError `conflict` for a user who has a hundred
 */
export function createApiKey(userId: string, input: NewApiKey): Promise<MadeApiKey> {
  return transaction((tx) => insertApiKey(tx, userId, input));
}
