import "server-only";
import { hashToken } from "@/lib/auth/random-token";
import { newRecoveryCodes } from "@/lib/auth/recovery-codes";
import type { Transaction } from "@/lib/db/client";

/**
 * Makes new recovery codes for a person. The former ones no longer work.
 *
 * @returns the codes, which are stored nowhere and shown once
 */
export async function replaceRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ userId, hash: hashToken(code) })),
  });
  return codes;
}
