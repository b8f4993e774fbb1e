import "server-only";
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
export async function verifyCredentials(
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
    : verifyCredentials(email, password);
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

/** What proved who somebody is: their password, by its hash, or a passkey. */
export type SignInProof = { kind: "password"; hash: string } | { kind: "passkey"; id: string };

/**
 * Whether a proof still stands. It waits for a change that is under way, so a caller that stores a
 * session first and then asks here is ended by the change or learns of it.
 */
export async function isProofCurrent(userId: string, proof: SignInProof): Promise<boolean> {
  return proof.kind === "password"
    ? isCurrentPasswordHash(userId, proof.hash)
    : isPasskey(userId, proof.id);
}

async function isPasskey(userId: string, id: string): Promise<boolean> {
  const rows = await database().$queryRaw<unknown[]>`
    SELECT 1 FROM "passkey" WHERE "userId" = ${userId} AND "id" = ${id} FOR SHARE`;
  return rows.length > 0;
}

/** A person as the answer of a sign-in shows them to themselves. */
export type AccountUser = {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  image: string | null;
  createdAt: Date;
  updatedAt: Date;
};

/** The person of an id, or null when their account is gone. */
export function findAccountUser(userId: string): Promise<AccountUser | null> {
  return database().user.findUnique({
    where: { id: userId },
    select: {
      id: true,
      name: true,
      email: true,
      emailVerified: true,
      image: true,
      createdAt: true,
      updatedAt: true,
    },
  });
}
