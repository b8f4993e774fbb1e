import "server-only";
import { lockUser } from "@/lib/account/lock-user";
import { replaceRecoveryCodes } from "@/lib/account/replace-recovery-codes";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Makes a person's recovery codes anew.
 *
 * @throws AppError `conflict` while two-step sign-in is off
 */
export function renewRecoveryCodes(userId: string): Promise<string[]> {
  return transaction(async (tx) => {
    await lockUser(tx, userId);
    if ((await tx.twoStep.count({ where: { userId, enabledAt: { not: null } } })) === 0) {
      throw new AppError("conflict", "Two-step sign-in is off, so it has no recovery codes.");
    }
    return replaceRecoveryCodes(tx, userId);
  });
}
