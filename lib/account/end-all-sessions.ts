import "server-only";
import { deleteSessions } from "@/lib/account/delete-sessions";
import { lockUser } from "@/lib/account/lock-user";
import { forgetSessions } from "@/lib/auth/liveness";
import { transaction } from "@/lib/db/client";

/**
 * Ends all of the person's sessions. Their bearer tokens are dead at once, and what they were changing
 * is done before, or refused.
 *
 * @throws AppError `unauthenticated` when the account was deleted in the same moment
 */
export async function endAllSessions(userId: string): Promise<void> {
  await transaction(async (tx) => {
    await lockUser(tx, userId);
    await deleteSessions(tx, userId);
  });
  forgetSessions();
}
