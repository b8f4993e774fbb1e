import "server-only";
import type { Transaction } from "@/lib/db/client";

/** Deletes what is a person's and no foreign key ties to them: ceremonies and sign-ins under way. */
export async function deleteUntiedRows(tx: Transaction, userId: string): Promise<void> {
  await tx.passkeyChallenge.deleteMany({ where: { userId } });
  // Better Auth stores the person within a JSON text. The expression has an index.
  await tx.$executeRaw`
    DELETE FROM "verification" WHERE substring("value" from '"userId":"([^"]*)"') = ${userId}`;
}
