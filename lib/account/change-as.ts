import "server-only";
import { lockAsker } from "@/lib/account/lock-asker";
import { type Transaction, transaction } from "@/lib/db/client";

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
    await lockAsker(tx, userId, sessionId);
    return change(tx);
  });
}
