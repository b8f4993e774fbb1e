import "server-only";
import { hasWayIn } from "@/lib/account/has-way-in";
import { changeAs } from "@/lib/account/locks";
import { passkeyNotFound } from "@/lib/account/passkey-not-found";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Removes a passkey from an account.
 *
 * @param sessionId the session that asks
 * @throws AppError `not_found`, `conflict` for the last way of the second step or into the account,
 *   and `unauthenticated` when the session was ended in the same moment
 */
export function deletePasskey(userId: string, sessionId: string, id: string): Promise<void> {
  return changeAs(userId, sessionId, async (tx) => {
    const { count } = await tx.passkey.deleteMany({ where: { userId, id } });
    if (count === 0) {
      throw passkeyNotFound();
    }
    if ((await tx.passkey.count({ where: { userId } })) === 0) {
      await requireOtherWays(tx, userId);
    }
  });
}

async function requireOtherWays(tx: Transaction, userId: string): Promise<void> {
  const passkeyOnly = { userId, enabledAt: { not: null }, lastStep: null };
  if ((await tx.twoStep.count({ where: passkeyOnly })) > 0) {
    throw new AppError(
      "conflict",
      "This is the only passkey, and two-step sign-in needs one. Add another, or turn it off first.",
    );
  }
  if (!(await hasWayIn(tx, userId))) {
    throw new AppError("conflict", "This is the only way into the account. Add another one first.");
  }
}
