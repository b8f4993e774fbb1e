import "server-only";
import { hashPassword, isWeakHash, verifyPassword } from "@/lib/auth/password-hash";
import { database } from "@/lib/db/client";

type Credentials = AccountUser & { hash: string | null };

/** A person who gave the right password, and its stored hash. */
export type PasswordProof = { user: AccountUser; hash: string };

/**
 * Finds the person with this address and password, or null. An unknown address, and a person without
 * a password, cost as much time as a wrong password: one query and one hash.
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
  // If the hash was replaced meanwhile, by another sign-in or a change of password, check again.
  return (await replaceHash(user.id, hash, strong))
    ? { user, hash: strong }
    : verifyCredentials(email, password);
}

/** One statement for every address: Prisma would send more of them for a known one. */
async function findCredentials(email: string): Promise<Credentials | undefined> {
  const [row] = await database().$queryRaw<Credentials[]>`
    SELECT "u"."id", "u"."name", "u"."email", "u"."emailVerified", "u"."image",
      "u"."createdAt", "u"."updatedAt", "a"."password" AS "hash"
    FROM "user" AS "u"
    LEFT JOIN "account" AS "a" ON "a"."userId" = "u"."id" AND "a"."providerId" = 'credential'
    WHERE "u"."email" = ${email.toLowerCase()}`;
  return row;
}

/** Replaces a hash, unless the password was changed meanwhile. Returns whether it did. */
async function replaceHash(userId: string, weak: string, strong: string): Promise<boolean> {
  const { count } = await database().account.updateMany({
    where: { userId, providerId: "credential", password: weak },
    data: { password: strong },
  });
  return count === 1;
}

/** The hash of a person's current password, or null for a person without one. */
export async function findPasswordHash(userId: string): Promise<string | null> {
  const account = await database().account.findFirst({
    where: { userId, providerId: "credential" },
    select: { password: true },
  });
  return account?.password ?? null;
}

/**
 * Whether a proved password is still the person's. It waits for a change that is in progress: if
 * the caller stores a session first and then asks, either the change ends that session or the
 * answer is no.
 */
export async function isCurrentPasswordHash(userId: string, hash: string): Promise<boolean> {
  const rows = await database().$queryRaw<unknown[]>`
    SELECT 1 FROM "account"
    WHERE "userId" = ${userId} AND "providerId" = 'credential' AND "password" = ${hash}
    FOR SHARE`;
  return rows.length > 0;
}

/** What proved a person's identity: their password, by its hash, or a passkey. */
export type SignInProof = { kind: "password"; hash: string } | { kind: "passkey"; id: string };

/**
 * Whether a proof is still valid. It waits for a change that is in progress, as
 * `isCurrentPasswordHash` does.
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

/** A person as the answer to their own sign-in shows them. */
export type AccountUser = {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  image: string | null;
  createdAt: Date;
  updatedAt: Date;
};

/** The person with an id, or null when their account was deleted. */
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
