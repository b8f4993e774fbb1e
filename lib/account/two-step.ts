import "server-only";
import { changeAs } from "@/lib/account/locks";
import { decrypt, encrypt, hashToken } from "@/lib/auth/cryptography";
import { appUri, newAppSecret, newRecoveryCodes, stepOfCode } from "@/lib/auth/second-step-codes";
import { database, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/** The state of a person's two-step sign-in. */
export type TwoStepState = {
  /** Whether a sign-in by password asks for a second step. */
  enabled: boolean;
  /** Whether an authenticator app is set up for it. */
  authenticatorApp: boolean;
  recoveryCodesLeft: number;
};

/** The state of a person's two-step sign-in. An app that is not confirmed yet does not count. */
export async function getTwoStep(userId: string): Promise<TwoStepState> {
  const user = await database().user.findUnique({
    where: { id: userId },
    select: {
      twoStep: { select: { secret: true, lastStep: true, enabledAt: true } },
      _count: { select: { recoveryCodes: true } },
    },
  });
  const enabled = Boolean(user?.twoStep?.enabledAt);
  // The code that confirms an app is its first use, so an app that was never used is unconfirmed.
  const hasConfirmedApp = user?.twoStep?.secret != null && user.twoStep.lastStep !== null;
  return {
    enabled,
    authenticatorApp: enabled && hasConfirmedApp,
    recoveryCodesLeft: enabled ? (user?._count.recoveryCodes ?? 0) : 0,
  };
}

/** What an authenticator app needs, to be scanned as a QR code or typed. */
export type AppEnrolment = { totpURI: string; secret: string };

/**
 * Makes a secret for an authenticator app. It has no effect until the app's first code confirms it,
 * and can be replaced until then.
 *
 * @param sessionId the session that asks
 * @throws AppError `conflict` when the account has an app already, `unauthenticated` when the session
 *   ended in the same moment
 */
export async function beginAuthenticatorApp(
  user: { id: string; email: string },
  sessionId: string,
): Promise<AppEnrolment> {
  const secret = newAppSecret();
  const encrypted = await encrypt(secret);
  const begun = await changeAs(user.id, sessionId, async (tx) => {
    return tx.$executeRaw`
      INSERT INTO "twoStep" AS "t" ("userId", "secret") VALUES (${user.id}, ${encrypted})
      ON CONFLICT ("userId") DO UPDATE SET "secret" = EXCLUDED."secret"
        WHERE "t"."lastStep" IS NULL`;
  });
  if (begun === 0) {
    throw new AppError(
      "conflict",
      "This account has an authenticator app. Turn two-step sign-in off before you set up another.",
    );
  }
  return { totpURI: appUri(secret, user.email), secret };
}

/**
 * Turns two-step sign-in on with the first code of a new authenticator app. The code is used up.
 *
 * @param sessionId the session that asks
 * @returns the recovery codes, or null for a wrong code
 * @throws AppError `conflict` when no app waits to be confirmed, or another one by now,
 *   `unauthenticated` when the session ended in the same moment
 */
export async function confirmAuthenticatorApp(
  userId: string,
  sessionId: string,
  code: string,
): Promise<string[] | null> {
  const begun = await database().twoStep.findUnique({
    where: { userId, lastStep: null },
    select: { secret: true },
  });
  const secret = begun?.secret ?? null;
  if (secret === null) {
    throw nothingBegun();
  }
  const step = stepOfCode(await decrypt(secret), code);
  if (step === null) {
    return null;
  }
  return changeAs(userId, sessionId, async (tx) => {
    const confirmed = await tx.$executeRaw`
      UPDATE "twoStep" SET "lastStep" = ${step}::bigint, "enabledAt" = COALESCE("enabledAt", now())
      WHERE "userId" = ${userId} AND "secret" = ${secret} AND "lastStep" IS NULL`;
    if (confirmed === 0) {
      throw nothingBegun();
    }
    return replaceRecoveryCodes(tx, userId);
  });
}

function nothingBegun(): AppError {
  return new AppError("conflict", "No authenticator app waits to be confirmed. Begin again.");
}

/**
 * Turns two-step sign-in on with the passkeys that a person has. An unconfirmed authenticator app
 * is deleted.
 *
 * @param sessionId the session that asks
 * @returns the recovery codes
 * @throws AppError `conflict` without a passkey, or when two-step sign-in is on already,
 *   `unauthenticated` when the session ended in the same moment
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

/**
 * Turns two-step sign-in off, and deletes the app's secret, the recovery codes and the sign-ins that
 * wait for a second step.
 *
 * @param sessionId the session that asks
 * @returns whether it was on
 * @throws AppError `unauthenticated` when the session ended in the same moment
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

/**
 * Replaces a person's recovery codes.
 *
 * @param sessionId the session that asks
 * @returns the new codes
 * @throws AppError `conflict` while two-step sign-in is off, `unauthenticated` when the session was
 *   ended in the same moment
 */
export function renewRecoveryCodes(userId: string, sessionId: string): Promise<string[]> {
  return changeAs(userId, sessionId, async (tx) => {
    if ((await tx.twoStep.count({ where: { userId, enabledAt: { not: null } } })) === 0) {
      throw new AppError("conflict", "Two-step sign-in is off, so it has no recovery codes.");
    }
    return replaceRecoveryCodes(tx, userId);
  });
}

/**
 * Replaces a person's recovery codes. The previous ones no longer work.
 *
 * @returns the codes, which are shown once: only hashes are stored
 */
async function replaceRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ userId, hash: hashToken(code) })),
  });
  return codes;
}
