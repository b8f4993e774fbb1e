import "server-only";
import { lockSession } from "@/lib/auth/liveness";
import { type Transaction, transaction } from "@/lib/db/client";
import { signInFirst } from "@/lib/errors";

/**
 * Makes others who change how this person gets in wait until the transaction ends. A change
 * of more than one of a person's tables locks the person first: so no two wait for each other.
 *
 * @throws AppError `unauthenticated` when the account was deleted in the same moment
 */
export async function lockUser(tx: Transaction, userId: string): Promise<void> {
  if (!(await tryLockUser(tx, userId))) {
    throw signInFirst();
  }
}

/** Locks a person as `lockUser` does, and tells whether they are still there. */
export async function tryLockUser(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "user" WHERE "id" = ${userId} FOR NO KEY UPDATE`;
  return rows.length > 0;
}

/**
 * Locks a person for a change that one of their sessions asks for. The session lives until the
 * transaction ends: a change that would end it waits, and one that was about to end it is done.
 *
 * @throws AppError `unauthenticated` when the session was ended, or the account deleted, in the same
 *   moment
 */
export async function lockUserAndSession(
  tx: Transaction,
  userId: string,
  sessionId: string,
): Promise<void> {
  await lockUser(tx, userId);
  // A statement of its own: one that waits for the lock would see the sessions of before.
  if (!(await lockSession(tx, userId, sessionId))) {
    throw signInFirst();
  }
}

/**
 * Changes a person's account in one transaction, for one of their sessions. The session lives until
 * the change is stored, and no other change to the account runs beside it.
 *
 * @param sessionId the session that asks
 * @throws AppError `unauthenticated` when the session was ended, or the account deleted, in the same
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
