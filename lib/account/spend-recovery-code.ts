import "server-only";
import { hashToken } from "@/lib/auth/random-token";
import type { Transaction } from "@/lib/db/client";

/**
 * Uses a recovery code up: the statement that finds it deletes it.
 *
 * @returns whether it was right
 */
export async function spendRecoveryCode(
  tx: Transaction,
  userId: string,
  code: string,
): Promise<boolean> {
  const hash = hashToken(code);
  const { count } = await tx.recoveryCode.deleteMany({ where: { userId, hash } });
  return count === 1;
}
