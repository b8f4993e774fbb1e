import "server-only";
import { forgetSessions } from "@/lib/auth/liveness";
import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Deletes a person and all that is theirs, in one statement. Their sessions, API keys and bearer
 * tokens are dead at once.
 *
 * @param sessionId the session that asks
 * @throws AppError `unauthenticated` when it was ended in the same moment, by a reset for one
 */
export async function deleteAccount(userId: string, sessionId: string): Promise<void> {
  // The two tables that no foreign key ties to the person: a ceremony and a sign-in under way.
  const deleted = await database().$executeRaw`
    WITH "challenges" AS (DELETE FROM "passkeyChallenge" WHERE "userId" = ${userId}),
      "states" AS (DELETE FROM "verification" WHERE position(${userId} IN "value") > 0)
    DELETE FROM "user" WHERE "id" = ${userId}
      AND EXISTS (SELECT 1 FROM "session" WHERE "id" = ${sessionId} AND "userId" = ${userId})`;
  if (deleted === 0) {
    throw new AppError("unauthenticated", "Sign in first.");
  }
  forgetSessions();
}
