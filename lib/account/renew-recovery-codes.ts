import "server-only";
import { changeAs } from "@/lib/account/locks";
import { replaceRecoveryCodes } from "@/lib/account/replace-recovery-codes";
import { AppError } from "@/lib/errors";

/**
 * Makes new recovery codes for a person.
 *
 * @param sessionId the session that asks
 * @throws AppError `conflict` while two-step sign-in is off, `unauthenticated` when the session was
 *   ended in the same moment
 */
export function renewRecoveryCodes(userId: string, sessionId: string): Promise<string[]> {
  return changeAs(userId, sessionId, async (tx) => {
    if ((await tx.twoStep.count({ where: { userId, enabledAt: { not: null } } })) === 0) {
      throw new AppError("conflict", "Two-step sign-in is off, so it has no recovery codes.");
    }
    return replaceRecoveryCodes(tx, userId);
  });
}
