import "server-only";
import type { AccountUser } from "@/lib/auth/account-user";
import { hashPassword, isWeakHash, verifyPassword } from "@/lib/auth/password-hash";
import { database } from "@/lib/db/client";

type Credentials = AccountUser & { hash: string | null };

/** Somebody whose password was right, and its hash as it is stored. */
export type PasswordProof = { user: AccountUser; hash: string };

/**
 * Whose address and password these are, or null. An unknown address, and a person without a
 * password, cost as much as a wrong password: one query and one hash.
 *
 * @throws AppError `unavailable` when the database is away or too many hashes are waiting
 */
export async function checkPassword(
  email: string,
  password: string,
): Promise<PasswordProof | null> {
  const found = await findCredentials(email);
  const hash = found?.hash ?? null;
  if (!found || hash === null) {
    await hashPassword(password);
    return null;
  }
  if (!(await verifyPassword(password, hash))) {
    return null;
  }
  const { hash: _, ...user } = found;
  if (!isWeakHash(hash)) {
    return { user, hash };
  }
  const strong = await hashPassword(password);
  // Somebody else replaced it: another sign-in did the same, or the password was changed.
  return (await replaceHash(user.id, hash, strong))
    ? { user, hash: strong }
    : checkPassword(email, password);
}

/** One statement, because Prisma would send further ones for a known address only. */
async function findCredentials(email: string): Promise<Credentials | undefined> {
  const [row] = await database().$queryRaw<Credentials[]>`
    SELECT "u"."id", "u"."name", "u"."email", "u"."emailVerified", "u"."image",
      "u"."createdAt", "u"."updatedAt", "a"."password" AS "hash"
    FROM "user" AS "u"
    LEFT JOIN "account" AS "a" ON "a"."userId" = "u"."id" AND "a"."providerId" = 'credential'
    WHERE "u"."email" = ${email.toLowerCase()}`;
  return row;
}

/** Not where the password was changed in the meantime. */
async function replaceHash(userId: string, weak: string, strong: string): Promise<boolean> {
  const { count } = await database().account.updateMany({
    where: { userId, providerId: "credential", password: weak },
    data: { password: strong },
  });
  return count === 1;
}
