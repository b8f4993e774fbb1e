import "server-only";
import { randomUUID } from "node:crypto";
import { hashPassword } from "@/lib/auth/passwords";
import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Gives a person who has no password one. Of two at once, one wins.
 *
 * @throws AppError `conflict` for who has one: changing it takes the current one; `unavailable`
 */
export async function setPassword(userId: string, newPassword: string): Promise<void> {
  const hash = await hashPassword(newPassword);
  const count = await database().$executeRaw`
    INSERT INTO "account" AS "a" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
    SELECT ${randomUUID()}, "id", 'credential', "id", ${hash}, now() FROM "user" WHERE "id" = ${userId}
    ON CONFLICT ("providerId", "accountId") DO UPDATE
      SET "password" = EXCLUDED."password", "updatedAt" = now()
      WHERE "a"."password" IS NULL AND "a"."userId" = EXCLUDED."userId"`;
  if (count === 0) {
    throw new AppError("conflict", "This account has a password. Change it instead.");
  }
}
