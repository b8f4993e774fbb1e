import "server-only";
import { lockUser } from "@/lib/account/lock-user";
import { transaction } from "@/lib/db/client";

/**
 * Turns two-step sign-in off: secret, recovery codes and sign-ins that wait for a code are gone.
 *
 * @returns whether it was on
 */
export function turnOffTwoStep(userId: string): Promise<boolean> {
  return transaction(async (tx) => {
    await lockUser(tx, userId);
    const [former] = await tx.$queryRaw<{ wasOn: boolean }[]>`
      DELETE FROM "twoStep" WHERE "userId" = ${userId}
      RETURNING "enabledAt" IS NOT NULL AS "wasOn"`;
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await tx.oneTimeToken.deleteMany({ where: { userId, purpose: "second-step" } });
    return former?.wasOn === true;
  });
}
