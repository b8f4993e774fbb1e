import "server-only";
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { isMemorySmall } from "@/lib/db/memory-limit.mjs";
import { spendFromDeadline } from "@/lib/deadline";
import { processWide } from "@/lib/process-wide";
import { createSemaphore } from "@/lib/semaphore";

type Cost = { log2N: number; r: number; p: number };
type StoredHash = { cost: Cost; salt: Buffer | string; key: Buffer };

// The minimum that OWASP recommends for scrypt.
const cost: Cost = { log2N: 17, r: 8, p: 1 };
const saltBytes = 16;
const keyBytes = 32;

// One hash takes 128 MiB, and one processor core for a third of a second.
const parallelMax = isMemorySmall() ? 1 : 2;
const waitingMax = 60;

const stringFormat = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/;
// The format of Better Auth, so that accounts imported from it keep working.
const betterAuthFormat = /^([0-9a-f]{32}):([0-9a-f]{128})$/;
const betterAuthCost: Cost = { log2N: 14, r: 16, p: 1 };

/**
 * Hashes a password with scrypt into the PHC string format, which includes its cost.
 *
 * @throws AppError `unavailable` when too many hashes are waiting
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await deriveKey(password, salt, cost, keyBytes);
  const parameters = `ln=${cost.log2N},r=${cost.r},p=${cost.p}`;
  return `$scrypt$${parameters}$${unpadded(salt)}$${unpadded(key)}`;
}

/**
 * Whether a password is the one that was hashed.
 *
 * @throws AppError `unavailable` when too many hashes are waiting
 */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const stored = parseHash(hash);
  const key = await deriveKey(password, stored.salt, stored.cost, stored.key.length);
  return timingSafeEqual(key, stored.key);
}

/** Whether a hash is cheaper to attack than a new one. */
export function isWeakHash(hash: string): boolean {
  const { log2N, r, p } = parseHash(hash).cost;
  return 2 ** log2N * r * p < 2 ** cost.log2N * cost.r * cost.p;
}

function parseHash(hash: string): StoredHash {
  const [, log2N, r, p, salt, key] = stringFormat.exec(hash) ?? [];
  if (salt !== undefined && key !== undefined) {
    return {
      cost: { log2N: Number(log2N), r: Number(r), p: Number(p) },
      salt: Buffer.from(salt, "base64"),
      key: Buffer.from(key, "base64"),
    };
  }
  const [, hexSalt, hexKey] = betterAuthFormat.exec(hash) ?? [];
  if (hexSalt !== undefined && hexKey !== undefined) {
    return { cost: betterAuthCost, salt: hexSalt, key: Buffer.from(hexKey, "hex") };
  }
  throw new Error("A password hash in the database is of an unknown format.");
}

function deriveKey(
  password: string,
  salt: Buffer | string,
  { log2N, r, p }: Cost,
  length: number,
): Promise<Buffer> {
  const N = 2 ** log2N;
  const options = { N, r, p, maxmem: 256 * N * r };
  return inTurn(
    () =>
      new Promise((resolve, reject) => {
        scrypt(password.normalize("NFKC"), salt, length, options, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
}

// Few hashes at a time, so that a flood of sign-ins does not take the whole processor.
const turns = processWide("password hashes", () => createSemaphore(parallelMax, waitingMax));

/** The time for a hash, and for waiting for it, is taken from the request's deadline. */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  try {
    return await turns.run(work);
  } finally {
    spendFromDeadline(performance.now() - startedAt);
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
