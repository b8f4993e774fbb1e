import "server-only";
import { createHash } from "node:crypto";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { idempotencyKeyHours } from "@/lib/request-bounds";
import { writeTogether } from "@/lib/sync/door";

const hourMilliseconds = 3_600_000;

/** The answer to a write, and whether it was given before to the same key. */
type KeyedAnswer<Answer> = { answer: Answer; isReplayed: boolean };

/**
 * Writes once for a user's key: the answer is stored in the same transaction and given again for 24
 * hours (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param requestHash the hash of what was sent with the key
 * @param write gives an answer that JSON can hold
 * @throws AppError `idempotency_in_progress` while the first request is in flight;
 *   `idempotency_key_reused` for another body; what `write` throws, and then nothing is stored
 */
export function withIdempotencyKey<Answer extends object>(
  userId: string,
  key: string,
  requestHash: string,
  write: (tx: Transaction) => Promise<Answer>,
): Promise<KeyedAnswer<Answer>> {
  return writeTogether(userId, async (tx) => {
    await takeTurn(tx, userId, key);
    const stored = await findStored(tx, userId, key, requestHash);
    if (stored !== null) {
      return { answer: fromStored<Answer>(stored), isReplayed: true };
    }
    await forgetOldKeys(tx, userId);
    const answer = await write(tx);
    // As text, so that the replay keeps the order of the members, which JSON in the database does not.
    const text = JSON.stringify(answer);
    await tx.idempotencyKey.create({ data: { userId, key, requestHash, answer: text } });
    return { answer, isReplayed: false };
  });
}

/** SHA-256 of a flat body's members, whatever their order. */
export function bodyHash(body: Record<string, unknown>): string {
  const members = Object.entries(body).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(members)).digest("hex");
}

/** SHA-256 of what was sent to an endpoint, in the order of its members. */
export function requestHash(endpoint: string, body: object): string {
  return createHash("sha256")
    .update(JSON.stringify([endpoint, body]))
    .digest("hex");
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

async function findStored(
  tx: Transaction,
  userId: string,
  key: string,
  requestHash: string,
): Promise<string | null> {
  const stored = await tx.idempotencyKey.findFirst({
    where: { userId, key, createdAt: { gte: memoryEnd() } },
  });
  if (stored && stored.requestHash !== requestHash) {
    throw new AppError(
      "idempotency_key_reused",
      "This Idempotency-Key came with another body before. Choose a new one.",
    );
  }
  return stored && String(stored.answer);
}

/** Not parsed by a schema: an earlier version of the app may have stored it, with fewer members. */
function fromStored<Answer>(text: string): Answer {
  return JSON.parse(text) as Answer;
}
