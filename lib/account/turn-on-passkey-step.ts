import "server-only";
import { changeAs } from "@/lib/account/locks";
import { replaceRecoveryCodes } from "@/lib/account/replace-recovery-codes";
import { AppError } from "@/lib/errors";

/**
 * Turns two-step sign-in on with the passkeys that a person has. An authenticator app that was begun
 * and never confirmed is forgotten.
 *
 * @param sessionId the session that asks
 * @returns the recovery codes
 * @throws AppError `conflict` without a passkey, or when it is on already, `unauthenticated` when the
 *   session was ended in the same moment
 */
export function turnOnPasskeyStep(userId: string, sessionId: string): Promise<string[]> {
  return changeAs(userId, sessionId, async (tx) => {
    if ((await tx.passkey.count({ where: { userId } })) === 0) {
      throw new AppError("conflict", "Add a passkey first.");
    }
    const turnedOn = await tx.$executeRaw`
      INSERT INTO "twoStep" AS "t" ("userId", "enabledAt") VALUES (${userId}, now())
      ON CONFLICT ("userId") DO UPDATE SET "enabledAt" = now(), "secret" = NULL WHERE "t"."enabledAt" IS NULL`;
    if (turnedOn === 0) {
      throw new AppError("conflict", "Two-step sign-in is on already.");
    }
    return replaceRecoveryCodes(tx, userId);
  });
}
