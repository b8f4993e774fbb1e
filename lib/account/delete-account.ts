import "server-only";
import { lockAsker } from "@/lib/account/lock-asker";
import { forgetSessions } from "@/lib/auth/liveness";
import { transaction } from "@/lib/db/client";

/**
 * Deletes a person and all that is theirs. Their sessions, API keys and bearer tokens are dead at once.
 *
 * @param sessionId the session that asks
 * @throws AppError `unauthenticated` when it was ended in the same moment, by a reset for one
 */
export async function deleteAccount(userId: string, sessionId: string): Promise<void> {
  await transaction(async (tx) => {
    await lockAsker(tx, userId, sessionId);
    // The two tables that no foreign key ties to the person: a ceremony and a sign-in under way.
    await tx.passkeyChallenge.deleteMany({ where: { userId } });
    await tx.verification.deleteMany({ where: { value: { contains: userId } } });
    await tx.user.delete({ where: { id: userId } });
  });
  forgetSessions();
}
