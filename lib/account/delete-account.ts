import "server-only";
import { deleteUntiedRows } from "@/lib/account/delete-untied-rows";
import { changeAs } from "@/lib/account/locks";
import { forgetSessions } from "@/lib/auth/liveness";

/**
 * Deletes a person and all that is theirs. Their sessions, API keys and bearer tokens are dead at once.
 *
 * @param sessionId the session that asks
 * @throws AppError `unauthenticated` when it was ended in the same moment, by a reset for one
 */
export async function deleteAccount(userId: string, sessionId: string): Promise<void> {
  await changeAs(userId, sessionId, async (tx) => {
    await deleteUntiedRows(tx, userId);
    await tx.user.delete({ where: { id: userId } });
  });
  forgetSessions();
}
