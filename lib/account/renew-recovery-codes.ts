import "server-only";
import { lockAsker } from "@/lib/account/lock-asker";
import { replaceRecoveryCodes } from "@/lib/account/replace-recovery-codes";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Makes a person's recovery codes anew.
 *
 * @param sessionId the session that asks
 * @throws AppError `conflict` while two-step sign-in is off, `unauthenticated` when the session was
 *   ended in the same moment
 */
export function renewRecoveryCodes(userId: string, sessionId: string): Promise<string[]> {
  return transaction(async (tx) => {
    await lockAsker(tx, userId, sessionId);
    if ((await tx.twoStep.count({ where: { userId, enabledAt: { not: null } } })) === 0) {
      throw new AppError("conflict", "Two-step sign-in is off, so it has no recovery codes.");
    }
    return replaceRecoveryCodes(tx, userId);
  });
}
