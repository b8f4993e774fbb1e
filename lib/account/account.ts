import "server-only";
import { randomUUID } from "node:crypto";
import { changeAs } from "@/lib/account/locks";
import { invalidLink, openLink } from "@/lib/account/mail-links";
import type { AccountUser } from "@/lib/auth/credentials";
import { forgetSessions } from "@/lib/auth/liveness";
import { hashPassword } from "@/lib/auth/password-hash";
import { database, type Transaction, transaction } from "@/lib/db/client";

/**
 * Makes an account with a password, and no session. An address that is taken costs as much time as
 * a free one: one hash and one statement.
 *
 * @returns the account, or null if the address is taken
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

/**
 * Deletes a person and all their data. Their sessions, API keys and bearer tokens end at once.
 *
 * @param sessionId the session that asks
 * @throws AppError `unauthenticated` when the session ended in the same moment, for example by a
 *   password reset
 */
export async function deleteAccount(userId: string, sessionId: string): Promise<void> {
  await changeAs(userId, sessionId, async (tx) => {
    await deleteChallengesAndStates(tx, userId);
    await tx.user.delete({ where: { id: userId } });
  });
  forgetSessions();
}

/**
 * Deletes an account that somebody made with the address of another person, by the token that was
 * mailed to that person. Its sessions, keys and bearer tokens end at once, all its data is deleted,
 * and the address is free again. An account whose address has been confirmed is not deleted.
 *
 * @returns the id of the deleted account
 * @throws AppError `invalid_input` for a token that does not work, or was sent to a former address
 */
export async function declineAccount(token: string): Promise<{ id: string }> {
  const id = await transaction(async (tx) => {
    const { user, provenEmail } = await openLink(tx, token, "verify-email");
    await deleteChallengesAndStates(tx, user.id);
    const { count } = await tx.user.deleteMany({
      where: { id: user.id, email: provenEmail ?? "", emailVerified: false },
    });
    if (count === 0) {
      throw invalidLink();
    }
    return user.id;
  });
  forgetSessions();
  return { id };
}

/** Deletes the rows of a person that no foreign key deletes: WebAuthn challenges and OAuth states. */
async function deleteChallengesAndStates(tx: Transaction, userId: string): Promise<void> {
  await tx.passkeyChallenge.deleteMany({ where: { userId } });
  // Better Auth stores the user's id inside a JSON text. This expression has an index.
  await tx.$executeRaw`
    DELETE FROM "verification" WHERE substring("value" from '"userId":"([^"]*)"') = ${userId}`;
}
