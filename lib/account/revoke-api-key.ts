import "server-only";
import { forgetSessions } from "@/lib/auth/liveness";
import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Revokes an API key of a user. Its tokens are dead at once here, and within a second in other
 * processes.
 *
 * @throws AppError `not_found` for a key that is not there or somebody else's
 */
export async function revokeApiKey(userId: string, id: string): Promise<void> {
  const { count } = await database().apiKey.deleteMany({ where: { userId, id } });
  forgetSessions();
  if (count === 0) {
    throw new AppError("not_found", "There is no such API key.");
  }
}
