import "server-only";
import { lockAsker } from "@/lib/account/lock-asker";
import { type SecondStepCode, spendSecondStepCode } from "@/lib/account/spend-second-step-code";
import { noteRecentSignIn } from "@/lib/auth/recent-sign-in";
import { transaction } from "@/lib/db/client";

/**
 * Notes that the person behind a session, who has just given the password, has passed the second
 * step too. The code is used up with that, or not at all.
 *
 * @returns whether the code was right
 * @throws AppError `unauthenticated` when the session was ended in the same moment
 */
export function confirmByCode(
  userId: string,
  sessionId: string,
  code: SecondStepCode,
): Promise<boolean> {
  return transaction(async (tx) => {
    await lockAsker(tx, userId, sessionId);
    const isRight = await spendSecondStepCode(tx, userId, code);
    if (isRight) {
      await noteRecentSignIn(userId, sessionId, tx);
    }
    return isRight;
  });
}
