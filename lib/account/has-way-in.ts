import "server-only";
import { features } from "@/lib/auth/features";
import type { Transaction } from "@/lib/db/client";

/** Whether a person gets into their account: by a password, a passkey or a provider of this site. */
export async function hasWayIn(tx: Transaction, userId: string): Promise<boolean> {
  const accounts = await tx.account.count({
    where: {
      userId,
      OR: [
        { providerId: "credential", password: { not: null } },
        { providerId: { in: features.providers } },
      ],
    },
  });
  return accounts > 0 || (await tx.passkey.count({ where: { userId } })) > 0;
}
