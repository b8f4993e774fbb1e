import "server-only";
import { changeAs } from "@/lib/account/locks";
import { endOtherAccess } from "@/lib/account/sessions";
import { forgetSessions } from "@/lib/auth/liveness";
import { hashPassword } from "@/lib/auth/password-hash";
import { signInFirst } from "@/lib/errors";

/**
 * Replaces the password of a person who has just proved the current one. It ends their other
 * sessions and what somebody who knew the former one may have begun. All of it happens, or nothing.
 *
 * @param sessionId the session that asks, which stays
 * @param currentHash the hash of the password that was proved: of two changes at once, one wins
 * @throws AppError `unauthenticated` when the session was ended, or the password replaced, in the same
 *   moment, `unavailable`
 */
export async function changePassword(
  userId: string,
  sessionId: string,
  { newPassword, currentHash }: { newPassword: string; currentHash: string },
): Promise<void> {
  const password = await hashPassword(newPassword);
  await changeAs(userId, sessionId, async (tx) => {
    const changed = await tx.account.updateMany({
      where: { userId, providerId: "credential", password: currentHash },
      data: { password },
    });
    await endOtherAccess(tx, userId, sessionId);
    if (changed.count === 0) {
      throw signInFirst();
    }
  });
  forgetSessions();
}
