import "server-only";
import { randomUUID } from "node:crypto";
import { changeAs } from "@/lib/account/locks";
import { endOtherAccess } from "@/lib/account/sessions";
import { forgetSessions } from "@/lib/auth/liveness";
import { hashPassword } from "@/lib/auth/password-hash";
import { findPasswordHash } from "@/lib/auth/stored-password";
import { AppError } from "@/lib/errors";

/**
 * Gives a person who has no password one. As a change of it does, it ends their other sessions and
 * what somebody else may have begun. Of two at once, one wins.
 *
 * @param sessionId the session that asks, which stays
 * @throws AppError `conflict` for who has one: changing it takes the current one; `unauthenticated`
 *   when the session was ended in the same moment; `unavailable`
 */
export async function setPassword(
  userId: string,
  sessionId: string,
  newPassword: string,
): Promise<void> {
  // Looked up before the hash, which costs a thousand times as much.
  if ((await findPasswordHash(userId)) !== null) {
    throw hasPassword();
  }
  const hash = await hashPassword(newPassword);
  await changeAs(userId, sessionId, async (tx) => {
    const count = await tx.$executeRaw`
      INSERT INTO "account" AS "a" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
      VALUES (${randomUUID()}, ${userId}, 'credential', ${userId}, ${hash}, now())
      ON CONFLICT ("providerId", "accountId") DO UPDATE
        SET "password" = EXCLUDED."password", "updatedAt" = now()
        WHERE "a"."password" IS NULL AND "a"."userId" = EXCLUDED."userId"`;
    if (count === 0) {
      throw hasPassword();
    }
    await endOtherAccess(tx, userId, sessionId);
  });
  forgetSessions();
}

function hasPassword(): AppError {
  return new AppError("conflict", "This account has a password. Change it instead.");
}
