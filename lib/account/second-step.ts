import "server-only";
import { changeAs, lockUser } from "@/lib/account/locks";
import { decrypt, hashToken } from "@/lib/auth/cryptography";
import { spendOneTimeToken } from "@/lib/auth/one-time-tokens";
import { noteRecentSignIn } from "@/lib/auth/recent-sign-in";
import { stepOfCode } from "@/lib/auth/second-step-codes";
import { database, type Transaction, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/** A method for the second step of a sign-in. */
export type SecondStep = "app-code" | "passkey" | "recovery-code";

/** The methods for a person's second step, or null if a password alone signs them in. */
export async function findSecondSteps(userId: string): Promise<SecondStep[] | null> {
  const found = await database().twoStep.findUnique({
    where: { userId, enabledAt: { not: null } },
    select: {
      lastStep: true,
      user: { select: { _count: { select: { passkeys: true, recoveryCodes: true } } } },
    },
  });
  if (!found) {
    return null;
  }
  const { passkeys, recoveryCodes } = found.user._count;
  const steps: SecondStep[] = [];
  if (found.lastStep !== null) {
    steps.push("app-code");
  }
  if (passkeys > 0) {
    steps.push("passkey");
  }
  if (recoveryCodes > 0) {
    steps.push("recovery-code");
  }
  return steps;
}

/**
 * Finishes a sign-in that waits for its second step. The code and the challenge are used up together:
 * a wrong code leaves the challenge for the next try.
 *
 * @param challenge the token that was issued for the right password
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
      throw signInExpired();
    }
    return true;
  });
}

/**
 * Notes that the user of a session, who has just given the password, has passed the second step too.
 * The code is used up in the same transaction.
 *
 * @returns whether the code was right
 * @throws AppError `unauthenticated` when the session ended in the same moment
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

/** The error for a sign-in whose second step came too late, or was taken already. */
export function signInExpired(): AppError {
  return new AppError("unauthenticated", "This sign-in is over. Start with your password again.");
}

const spenders = { "app-code": spendAppCode, "recovery-code": spendRecoveryCode };

/** A code for the second step: of an authenticator app, or from the list of recovery codes. */
export type SecondStepCode = { kind: keyof typeof spenders; code: string };

/**
 * Uses up a code of a person's second step.
 *
 * @returns whether it was right
 */
function spendSecondStepCode(
  tx: Transaction,
  userId: string,
  { kind, code }: SecondStepCode,
): Promise<boolean> {
  return spenders[kind](tx, userId, code);
}

/**
 * Uses up a code of a person's authenticator app. The statement that stores its time step decides, so
 * neither the last code nor an older one works again.
 *
 * @returns whether it was right
 */
async function spendAppCode(tx: Transaction, userId: string, code: string): Promise<boolean> {
  const isOn = { enabledAt: { not: null } };
  const app = await tx.twoStep.findUnique({
    where: { userId, ...isOn, lastStep: { not: null } },
    select: { secret: true },
  });
  const secret = app?.secret ?? null;
  const step = secret === null ? null : stepOfCode(await decrypt(secret), code);
  if (step === null) {
    return false;
  }
  const { count } = await tx.twoStep.updateMany({
    where: { userId, ...isOn, secret, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

/**
 * Uses up a recovery code: the statement that finds it deletes it.
 *
 * @returns whether it was right
 */
async function spendRecoveryCode(tx: Transaction, userId: string, code: string): Promise<boolean> {
  const hash = hashToken(code);
  const { count } = await tx.recoveryCode.deleteMany({ where: { userId, hash } });
  return count === 1;
}
