import "server-only";
import type { Transaction } from "@/lib/db/client";

/** Deletes what is a person's and no foreign key ties to them: ceremonies and sign-ins under way. */
export async function deleteUntiedRows(tx: Transaction, userId: string): Promise<void> {
  await tx.passkeyChallenge.deleteMany({ where: { userId } });
  await tx.verification.deleteMany({ where: { value: { contains: userId } } });
}
