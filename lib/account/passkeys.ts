import "server-only";
import { changeAs } from "@/lib/account/locks";
import { hasSignInMethod } from "@/lib/account/sign-in-methods";
import { database, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/** A passkey as its owner sees it. */
export type PasskeyEntry = {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** Whether a passkey manager has a copy, so that the passkey survives the loss of the device. */
  backedUp: boolean;
};

/** A person's passkeys, the oldest first. */
export function listPasskeys(userId: string): Promise<PasskeyEntry[]> {
  return database().passkey.findMany({
    where: { userId },
    select: { id: true, name: true, createdAt: true, lastUsedAt: true, backedUp: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/**
 * Gives a passkey another name.
 *
 * @throws AppError `not_found` for a passkey that does not exist or belongs to another person
 */
export async function renamePasskey(userId: string, id: string, name: string): Promise<void> {
  const { count } = await database().passkey.updateMany({ where: { userId, id }, data: { name } });
  if (count === 0) {
    throw passkeyNotFound();
  }
}

/**
 * Removes a passkey from an account.
 *
 * @param sessionId the session that asks
 * @throws AppError `not_found`, `conflict` for the last passkey of a two-step sign-in or the last
 *   way of signing in, `unauthenticated` when the session ended in the same moment
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
  if (!(await hasSignInMethod(tx, userId))) {
    throw new AppError("conflict", "This is the only way into the account. Add another one first.");
  }
}

/** The same error for a passkey that never existed, was removed, or belongs to another person. */
function passkeyNotFound(): AppError {
  return new AppError("not_found", "There is no such passkey.");
}
