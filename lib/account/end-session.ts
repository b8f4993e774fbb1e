import "server-only";
import { deleteWaitingDevices } from "@/lib/account/delete-sessions";
import { lockUser } from "@/lib/account/lock-user";
import { forgetSessions } from "@/lib/auth/liveness";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Ends one of the person's sessions. Its bearer tokens are dead at once, and what it was changing is
 * done before, or refused. A device that it let in may still wait for its key, and nothing says which.
 *
 * @throws AppError `not_found`, for a session that is somebody else's as for one that never was, and
 *   `unauthenticated` when the account was deleted in the same moment
 */
export async function endSession(userId: string, id: string): Promise<void> {
  const { count } = await transaction(async (tx) => {
    await lockUser(tx, userId);
    await deleteWaitingDevices(tx, userId);
    return tx.session.deleteMany({ where: { id, userId } });
  });
  forgetSessions();
  if (count === 0) {
    throw new AppError("not_found", "There is no session with this id.");
  }
}
