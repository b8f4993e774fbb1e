import "server-only";
import { changeAs } from "@/lib/account/locks";

/**
 * Turns two-step sign-in off: secret, recovery codes and sign-ins that wait for a code are gone.
 *
 * @param sessionId the session that asks
 * @returns whether it was on
 * @throws AppError `unauthenticated` when the session was ended in the same moment
 */
export function turnOffTwoStep(userId: string, sessionId: string): Promise<boolean> {
  return changeAs(userId, sessionId, async (tx) => {
    const [former] = await tx.$queryRaw<{ wasOn: boolean }[]>`
      DELETE FROM "twoStep" WHERE "userId" = ${userId}
      RETURNING "enabledAt" IS NOT NULL AS "wasOn"`;
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await tx.oneTimeToken.deleteMany({ where: { userId, purpose: "second-step" } });
    return former?.wasOn === true;
  });
}
