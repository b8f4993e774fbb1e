import "server-only";
import { type Prisma, type Transaction, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { InsertedTask } from "@/lib/tasks/insert-task";
import { idempotencyKeyHours } from "@/lib/tasks/limits";

const hourMilliseconds = 3_600_000;

/** A create's answer, and whether it was given before to the same key. */
export type KeyedTask = InsertedTask & { isReplayed: boolean };

/**
 * Creates a task once for a user's key: its answer is stored in the same transaction and given
 * again for 24 hours (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param requestHash the hash of the body
 * @throws AppError `idempotency_in_progress` while the first request is in flight;
 *   `idempotency_key_reused` for another body; what `create` throws, and then nothing is stored
 */
export function withIdempotencyKey(
  userId: string,
  key: string,
  requestHash: string,
  create: (tx: Transaction) => Promise<InsertedTask>,
): Promise<KeyedTask> {
  return transaction(async (tx) => {
    await takeTurn(tx, userId, key);
    const replayed = await findAnswer(tx, userId, key, requestHash);
    if (replayed) {
      return replayed;
    }
    await forgetOldKeys(tx, userId);
    const answer = await create(tx);
    await tx.idempotencyKey.create({
      data: { userId, key, requestHash, answer: toStored(answer) },
    });
    return { ...answer, isReplayed: false };
  });
}

async function takeTurn(tx: Transaction, userId: string, key: string): Promise<void> {
  // A key holds no space, so two different pairs never make one text.
  const [turn] = await tx.$queryRaw<{ isMine: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`${userId} ${key}`}, 0)) AS "isMine"`;
  if (!turn?.isMine) {
    throw new AppError(
      "idempotency_in_progress",
      "The first request with this Idempotency-Key is still in progress. Try again in a moment.",
      { headers: { "Retry-After": "1" } },
    );
  }
}

async function forgetOldKeys(tx: Transaction, userId: string): Promise<void> {
  await tx.idempotencyKey.deleteMany({ where: { userId, createdAt: { lt: memoryEnd() } } });
}

function memoryEnd(): Date {
  return new Date(Date.now() - idempotencyKeyHours * hourMilliseconds);
}

async function findAnswer(
  tx: Transaction,
  userId: string,
  key: string,
  requestHash: string,
): Promise<KeyedTask | null> {
  const stored = await tx.idempotencyKey.findFirst({
    where: { userId, key, createdAt: { gte: memoryEnd() } },
  });
  if (!stored) {
    return null;
  }
  if (stored.requestHash !== requestHash) {
    throw new AppError(
      "idempotency_key_reused",
      "This Idempotency-Key came with another body before. Choose a new one.",
    );
  }
  return { ...fromStored(stored.answer), isReplayed: true };
}

/** As text, so that the replay keeps the order of the members, which JSON in the database does not. */
function toStored(answer: InsertedTask): string {
  return JSON.stringify(answer);
}

/** Not parsed by a schema: an earlier version of the app may have stored it, with fewer members. */
function fromStored(stored: Prisma.JsonValue): InsertedTask {
  return JSON.parse(String(stored)) as InsertedTask;
}
