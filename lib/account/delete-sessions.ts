import "server-only";
import type { Transaction } from "@/lib/db/client";

/**
 * Deletes a person's sessions, and the devices that one of them let in and that wait for their key.
 * The caller forgets remembered sessions once the transaction is stored.
 *
 * @param keptSessionId the session that stays, if any
 */
export async function deleteSessions(
  tx: Transaction,
  userId: string,
  keptSessionId: string | null = null,
): Promise<void> {
  const isOther = keptSessionId === null ? {} : { id: { not: keptSessionId } };
  await tx.session.deleteMany({ where: { userId, ...isOther } });
  await deleteWaitingDevices(tx, userId);
}

/** Deletes the devices that a person let in and that have not come for their key. */
export async function deleteWaitingDevices(tx: Transaction, userId: string): Promise<void> {
  await tx.deviceRequest.deleteMany({ where: { userId } });
}
