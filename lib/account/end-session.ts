import "server-only";
import { forgetSessions } from "@/lib/auth/liveness";
import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Ends one of the person's sessions. Its bearer tokens are dead at once.
 *
 * @throws AppError `not_found`, for a session that is somebody else's as for one that never was
 */
export async function endSession(userId: string, id: string): Promise<void> {
  const { count } = await database().session.deleteMany({ where: { id, userId } });
  forgetSessions();
  if (count === 0) {
    throw new AppError("not_found", "There is no session with this id.");
  }
}
