import "server-only";
import { lockUser } from "@/lib/account/lock-user";
import { spendAppCode } from "@/lib/account/spend-app-code";
import { spendRecoveryCode } from "@/lib/account/spend-recovery-code";
import { spendOneTimeToken } from "@/lib/auth/one-time-tokens";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

const spenders = { "app-code": spendAppCode, "recovery-code": spendRecoveryCode };

/** A code for the second step, as its app or its list has it. */
export type SecondStepCode = { kind: keyof typeof spenders; code: string };

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
  { kind, code }: SecondStepCode,
): Promise<boolean> {
  return transaction(async (tx) => {
    await lockUser(tx, userId);
    if (!(await spenders[kind](tx, userId, code))) {
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
