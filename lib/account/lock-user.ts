import "server-only";
import type { Transaction } from "@/lib/db/client";
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
