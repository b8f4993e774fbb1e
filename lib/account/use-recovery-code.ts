import "server-only";
import { hashRecoveryCode } from "@/lib/auth/recovery-codes";
import type { Transaction } from "@/lib/db/client";

/**
 * Uses a recovery code up: the statement that finds it deletes it.
 *
 * @returns whether it was right
 */
export async function useRecoveryCode(
  tx: Transaction,
  userId: string,
  code: string,
): Promise<boolean> {
  const hash = hashRecoveryCode(code);
  const { count } = await tx.recoveryCode.deleteMany({ where: { userId, hash } });
  return count === 1;
}
