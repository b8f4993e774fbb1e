import "server-only";
import { randomUUID } from "node:crypto";
import { hashPassword } from "@/lib/auth/password-hash";
import { database } from "@/lib/db/client";

/** Who was made. */
export type NewAccount = { id: string; email: string; name: string };

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
}): Promise<NewAccount | null> {
  const hash = await hashPassword(input.password);
  const account = { id: randomUUID(), email: input.email.toLowerCase(), name: input.name };
  const made = await database().$executeRaw`
    WITH "made" AS (
      INSERT INTO "user" ("id", "name", "email", "updatedAt")
      VALUES (${account.id}, ${account.name}, ${account.email}, now())
      ON CONFLICT ("email") DO NOTHING
      RETURNING "id"
    )
    INSERT INTO "account" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
    SELECT ${randomUUID()}, "id", 'credential', "id", ${hash}, now() FROM "made"`;
  return made === 0 ? null : account;
}
