import "server-only";
import { changeAs } from "@/lib/account/change-as";
import { deleteSessions } from "@/lib/account/delete-sessions";
import { forgetSessions } from "@/lib/auth/liveness";

/**
 * Ends all of the person's sessions but one. Their bearer tokens are dead at once, and what they were
 * changing is done before, or refused.
 *
 * @param keptSessionId the session that asks
 * @throws AppError `unauthenticated` when it was ended in the same moment
 */
export async function endOtherSessions(userId: string, keptSessionId: string): Promise<void> {
  await changeAs(userId, keptSessionId, (tx) => deleteSessions(tx, userId, keptSessionId));
  forgetSessions();
}
