import "server-only";
import { lockUser } from "@/lib/account/locks";
import { type SecondStepCode, spendSecondStepCode } from "@/lib/account/spend-second-step-code";
import { spendOneTimeToken } from "@/lib/auth/one-time-tokens";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Finishes a sign-in that waits for its second step. Code and challenge are used up together, or
 * neither is: a wrong code leaves the challenge for the next try.
 *
 * @param challenge the token that the right password gave
 * @returns whether the code was right
 * @throws AppError `unauthenticated` when the challenge was used in the same moment
 */
export function passSecondStep(
  userId: string,
  challenge: string,
  code: SecondStepCode,
): Promise<boolean> {
  return transaction(async (tx) => {
    await lockUser(tx, userId);
    if (!(await spendSecondStepCode(tx, userId, code))) {
      return false;
    }
    const grant = await spendOneTimeToken(tx, challenge, "second-step");
    if (grant?.userId !== userId) {
      throw new AppError(
        "unauthenticated",
        "This sign-in is over. Start with your password again.",
      );
    }
    return true;
  });
}
