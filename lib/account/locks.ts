import "server-only";
import { lockSession } from "@/lib/auth/liveness";
import { type Transaction, transaction } from "@/lib/db/client";
import { signInFirst } from "@/lib/errors";

/**
 * Locks a person until the transaction ends: other changes of how they sign in wait. A transaction
 * that changes several of a person's tables takes this lock first, so that no two can deadlock.
 *
 * @throws AppError `unauthenticated` when the account was deleted in the same moment
 */
export async function lockUser(tx: Transaction, userId: string): Promise<void> {
  if (!(await tryLockUser(tx, userId))) {
    throw signInFirst();
  }
}

/** Locks a person as `lockUser` does, and returns whether the account still exists. */
export async function tryLockUser(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "user" WHERE "id" = ${userId} FOR NO KEY UPDATE`;
  return rows.length > 0;
}

/**
 * Locks a person and the session that asks for a change. The session lives until the transaction
 * ends: whatever would end it waits, and whatever had begun to end it has finished.
 *
 * @throws AppError `unauthenticated` when the session ended, or the account deleted, in the same
 *   moment
 */
export async function lockUserAndSession(
  tx: Transaction,
  userId: string,
  sessionId: string,
): Promise<void> {
  await lockUser(tx, userId);
  // A separate statement: one that had waited for the lock would see outdated sessions.
  if (!(await lockSession(tx, userId, sessionId))) {
    throw signInFirst();
  }
}

/**
 * Changes a person's account in one transaction, on behalf of one of their sessions. The session
 * lives until the change is stored, and no other change to the account runs at the same time.
 *
 * @param sessionId the session that asks
 * @throws AppError `unauthenticated` when the session ended, or the account deleted, in the same
 *   moment; `unavailable`; and what `change` throws
 */
export function changeAs<Result>(
  userId: string,
  sessionId: string,
  change: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return transaction(async (tx) => {
    await lockUserAndSession(tx, userId, sessionId);
    return change(tx);
  });
}
