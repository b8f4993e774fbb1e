import "server-only";
import { forgetSessions } from "@/lib/auth/liveness";
import { database } from "@/lib/db/client";

/**
 * Deletes a person and all that is theirs, in one statement. Their sessions, API keys and bearer
 * tokens are dead at once. Deleting who is gone already succeeds.
 */
export async function deleteAccount(userId: string): Promise<void> {
  // The two tables that no foreign key ties to the person: a ceremony and a sign-in under way.
  await database().$executeRaw`
    WITH "challenges" AS (DELETE FROM "passkeyChallenge" WHERE "userId" = ${userId}),
      "states" AS (DELETE FROM "verification" WHERE position(${userId} IN "value") > 0)
    DELETE FROM "user" WHERE "id" = ${userId}`;
  forgetSessions();
}
