import "server-only";
import { insertApiKey, type MadeApiKey, type NewApiKey } from "@/lib/account/insert-api-key";
import { changeAs } from "@/lib/account/locks";

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
