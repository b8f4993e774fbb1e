import "server-only";
import { deleteSessions } from "@/lib/account/delete-sessions";
import type { Transaction } from "@/lib/db/client";

/**
 * Ends what somebody else may have begun who got into an account before its password was set: other
 * sessions, links for a reset or another address, and half-done sign-ins.
 *
 * @param sessionId the session that stays
 */
export async function endOthers(tx: Transaction, userId: string, sessionId: string): Promise<void> {
  await deleteSessions(tx, userId, sessionId);
  await tx.oneTimeToken.deleteMany({
    where: { userId, purpose: { in: ["reset-password", "change-email", "second-step"] } },
  });
}
