import "server-only";
import { database } from "@/lib/db/client";

/** The hash of a person's password as it stands now, or null where there is none. */
export async function findPasswordHash(userId: string): Promise<string | null> {
  const account = await database().account.findFirst({
    where: { userId, providerId: "credential" },
    select: { password: true },
  });
  return account?.password ?? null;
}

/**
 * Whether a password that was proved is still the person's. It waits for a change that is under way,
 * so a caller that stores a session first and then asks here is ended by the change or learns of it.
 */
export async function isCurrentPasswordHash(userId: string, hash: string): Promise<boolean> {
  const rows = await database().$queryRaw<unknown[]>`
    SELECT 1 FROM "account"
    WHERE "userId" = ${userId} AND "providerId" = 'credential' AND "password" = ${hash}
    FOR SHARE`;
  return rows.length > 0;
}
