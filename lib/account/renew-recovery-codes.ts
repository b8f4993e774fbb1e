import "server-only";
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
    const [on] = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM "twoStep" WHERE "userId" = ${userId} AND "enabledAt" IS NOT NULL FOR UPDATE`;
    if (on === undefined) {
      throw new AppError("conflict", "Two-step sign-in is off, so it has no recovery codes.");
    }
    return replaceRecoveryCodes(tx, userId);
  });
}
