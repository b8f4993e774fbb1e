import "server-only";
import { randomUUID } from "node:crypto";
import { changeAs } from "@/lib/account/change-as";
import { hashPassword } from "@/lib/auth/passwords";
import { AppError } from "@/lib/errors";

/**
 * Gives a person who has no password one. Of two at once, one wins.
 *
 * @param sessionId the session that asks
 * @throws AppError `conflict` for who has one: changing it takes the current one; `unauthenticated`
 *   when the session was ended in the same moment; `unavailable`
 */
export async function setPassword(
  userId: string,
  sessionId: string,
  newPassword: string,
): Promise<void> {
  const hash = await hashPassword(newPassword);
  const count = await changeAs(userId, sessionId, async (tx) => {
    return tx.$executeRaw`
      INSERT INTO "account" AS "a" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
      VALUES (${randomUUID()}, ${userId}, 'credential', ${userId}, ${hash}, now())
      ON CONFLICT ("providerId", "accountId") DO UPDATE
        SET "password" = EXCLUDED."password", "updatedAt" = now()
        WHERE "a"."password" IS NULL AND "a"."userId" = EXCLUDED."userId"`;
  });
  if (count === 0) {
    throw new AppError("conflict", "This account has a password. Change it instead.");
  }
}
