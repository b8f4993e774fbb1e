import "server-only";
import type { JwtOptions } from "better-auth/plugins/jwt";
import { decrypt } from "@/lib/auth/cryptography";
import { parsePublicKey } from "@/lib/auth/published-keys";
import { database, type Transaction, transaction } from "@/lib/db/client";
import { withDatabaseDeadline } from "@/lib/deadline";
import { env } from "@/lib/env";
import { processWide } from "@/lib/process-wide";

/** How long clients may cache the published keys. */
export const keySetAgeSecondsMax = 300;

const hourSeconds = 3_600;

/**
 * The grace period of a key after its last signature: a token's life, the time in caches, and an
 * hour.
 */
export const keyGraceSeconds = env.tokenLifeSeconds + keySetAgeSecondsMax + hourSeconds;

// It must differ from the number of every other advisory lock of this app.
const makeKeyLock = 727_070_707;

const ourKind = { alg: "EdDSA", crv: "Ed25519" } as const;

type KeyReader = Pick<Transaction, "jwks">;
type StoredKey = NonNullable<Awaited<ReturnType<KeyReader["jwks"]["findFirst"]>>>;
type KeyAdapter = NonNullable<JwtOptions["adapter"]>;
type NewKey = Parameters<NonNullable<KeyAdapter["createJwk"]>>[0];

// Calls of this process that need a key at the same moment share one.
const making = processWide("new key", (): { key?: ReturnType<typeof storeFirst> } => ({}));

/**
 * How the JWT plugin reads and makes keys. It signs with the newest key of this app, and publishes
 * all Ed25519 keys within their grace period. A key of another program, whose private part our
 * secret does not decrypt, is published and never signs.
 */
export const keyAdapter: KeyAdapter = {
  getJwks: async ({ path }) => (path === "/jwks" ? publishedKeys() : signingKeys(database())),
  createJwk: (key) => {
    making.key ??= withDatabaseDeadline(() => storeFirst(key)).finally(() => {
      delete making.key;
    });
    return making.key;
  },
};

/**
 * Refuses to start when the secret decrypts none of this app's keys in the database: no token could
 * be signed, and a new key would hide that the secret was lost. Only keys that name their algorithm
 * count, as this app's do; a key that another program added need not.
 *
 * @throws Error with the way out
 */
export async function assertSecretOpensKeys(): Promise<void> {
  const named = await database().jwks.findMany({ where: { ...notExpired(), alg: { not: null } } });
  const opened = await Promise.all(named.map(({ privateKey }) => isOpened(privateKey)));
  if (named.length > 0 && !opened.includes(true)) {
    throw new Error(
      'The signing keys in the database were encrypted with another secret. Start with that one in BETTER_AUTH_SECRET, or name both: BETTER_AUTH_SECRETS="2:<new secret>,1:<old secret>". If it is lost, run DELETE FROM "jwks": people sign in again and programs fetch new tokens.',
    );
  }
}

/**
 * Processes that need a new key at the same moment wait for the lock and take the key of the first.
 */
function storeFirst({ publicKey, privateKey, createdAt, expiresAt }: NewKey) {
  return transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${makeKeyLock}::bigint)`;
    const [newest] = await signingKeys(tx);
    const made = { publicKey, privateKey, createdAt, expiresAt: expiresAt ?? null, ...ourKind };
    return (
      newest ??
      toBetterAuthKey(await tx.jwks.create({ data: { id: crypto.randomUUID(), ...made } }))
    );
  });
}

async function signingKeys(reader: KeyReader) {
  const newestFirst = await reader.jwks.findMany({
    where: notExpired(),
    orderBy: { createdAt: "desc" },
  });
  for (const key of newestFirst) {
    const isOfOurKind = (key.alg ?? ourKind.alg) === ourKind.alg && parsePublicKey(key.publicKey);
    if (isOfOurKind && (await isOpened(key.privateKey))) {
      return [toBetterAuthKey(key)];
    }
  }
  return [];
}

async function publishedKeys() {
  const graceStart = new Date(Date.now() - keyGraceSeconds * 1_000);
  const newestFirst = await database().jwks.findMany({
    where: { OR: [{ expiresAt: null }, { expiresAt: { gt: graceStart } }] },
    orderBy: { createdAt: "desc" },
  });
  return newestFirst.flatMap((key) => {
    const publicKey = parsePublicKey(key.publicKey);
    return publicKey ? [toBetterAuthKey({ ...key, publicKey: JSON.stringify(publicKey) })] : [];
  });
}

/** A row in the type of Better Auth. A key that names no algorithm is for EdDSA. */
function toBetterAuthKey({ expiresAt, ...key }: StoredKey) {
  return { ...key, ...ourKind, ...(expiresAt && { expiresAt }) };
}

function notExpired() {
  return { OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] };
}

async function isOpened(privateKey: string): Promise<boolean> {
  try {
    await decrypt(JSON.parse(privateKey));
    return true;
  } catch {
    return false;
  }
}
