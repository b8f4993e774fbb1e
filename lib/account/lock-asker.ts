import "server-only";
import { lockUser } from "@/lib/account/lock-user";
import type { Transaction } from "@/lib/db/client";
import { signInFirst } from "@/lib/errors";

/**
 * Locks a person for a change that one of their sessions asks for. The session lives until the
 * transaction ends: a change that would end it waits, and one that was about to end it is done.
 *
 * @throws AppError `unauthenticated` when the session was ended, or the account deleted, in the same
 *   moment
 */
export async function lockAsker(tx: Transaction, userId: string, sessionId: string): Promise<void> {
  await lockUser(tx, userId);
  // A statement of its own: one that waits for the lock would see the sessions of before.
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "session"
    WHERE "id" = ${sessionId} AND "userId" = ${userId} AND "expiresAt" > ${new Date()}::timestamptz
    FOR SHARE`;
  if (rows.length === 0) {
    throw signInFirst();
  }
}
