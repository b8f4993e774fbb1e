import "server-only";
import { changeAs } from "@/lib/account/locks";
import { type SecondStepCode, spendSecondStepCode } from "@/lib/account/spend-second-step-code";
import { noteRecentSignIn } from "@/lib/auth/recent-sign-in";

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
  return changeAs(userId, sessionId, async (tx) => {
    const isRight = await spendSecondStepCode(tx, userId, code);
    if (isRight) {
      await noteRecentSignIn(userId, sessionId, tx);
    }
    return isRight;
  });
}
