import "server-only";
import { randomUUID } from "node:crypto";
import type { AccountUser } from "@/lib/auth/account-user";
import { hashPassword } from "@/lib/auth/password-hash";
import { database } from "@/lib/db/client";

/**
 * Makes an account with a password and without a session. A taken address costs as much as a free
 * one: one hash and one statement.
 *
 * @returns null where the address is taken
 */
export async function createAccount(input: {
  email: string;
  name: string;
  password: string;
}): Promise<AccountUser | null> {
  const hash = await hashPassword(input.password);
  const now = new Date();
  const account = {
    id: randomUUID(),
    name: input.name,
    email: input.email.toLowerCase(),
    emailVerified: false,
    image: null,
    createdAt: now,
    updatedAt: now,
  };
  const made = await database().$executeRaw`
    WITH "made" AS (
      INSERT INTO "user" ("id", "name", "email", "createdAt", "updatedAt")
      VALUES (${account.id}, ${account.name}, ${account.email}, ${now}::timestamptz, ${now}::timestamptz)
      ON CONFLICT ("email") DO NOTHING
      RETURNING "id"
    )
    INSERT INTO "account" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
    SELECT ${randomUUID()}, "id", 'credential', "id", ${hash}, now() FROM "made"`;
  return made === 0 ? null : account;
}
