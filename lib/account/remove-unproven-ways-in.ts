import "server-only";
import type { Transaction } from "@/lib/db/client";

/**
 * Removes every way into an account but its password. Somebody can sign up with an address that is
 * not theirs and prepare such ways for the day its owner comes; that day they have to be gone.
 */
export async function removeUnprovenWaysIn(tx: Transaction, userId: string): Promise<void> {
  await tx.passkey.deleteMany({ where: { userId } });
  await tx.twoStep.deleteMany({ where: { userId } });
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.apiKey.deleteMany({ where: { userId } });
  await tx.account.deleteMany({ where: { userId, providerId: { not: "credential" } } });
}
