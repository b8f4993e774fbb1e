import "server-only";
import { changeAs } from "@/lib/account/locks";
import { replaceRecoveryCodes } from "@/lib/account/replace-recovery-codes";
import { stepOfCode } from "@/lib/auth/authenticator-app";
import { decrypt } from "@/lib/auth/encryption";
import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Turns two-step sign-in on with the first code of an app that was begun. The code is used by that.
 *
 * @param sessionId the session that asks
 * @returns the recovery codes, or null for a wrong code
 * @throws AppError `conflict` when no app was begun, or another one in the meantime, `unauthenticated`
 *   when the session was ended in the same moment
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
