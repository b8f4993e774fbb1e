import "server-only";
import type { Transaction } from "@/lib/db/client";
import type { Change, ChangeResult } from "@/lib/operations/sync";
import { applyChange, type Outcome, resultOf } from "@/lib/sync/apply-change";
import { lockOwner, writeTogether } from "@/lib/sync/door";
import { cursorNow } from "@/lib/sync/feed";
import type { Kinds } from "@/lib/sync/kind";
import { requestHash, withIdempotencyKey } from "@/lib/sync/with-idempotency-key";

export type Batch = { changes: Change[]; atomic: boolean };

type BatchAnswer = { results: ChangeResult[]; cursor: string };

/**
 * Applies up to 100 changes in their order in one transaction. Each stands for itself; of an atomic
 * batch all are stored or none, and those that were not to blame are refused with `failed_dependency`.
 *
 * @param requestId stands in the problems of refused changes
 * @param idempotencyKey 1 to 255 visible ASCII characters; the same batch with it is applied once
 * @returns a result for each change, and a cursor behind the batch's own rows
 * @throws AppError `idempotency_in_progress`; `idempotency_key_reused`; `unavailable`, with nothing stored
 */
export async function applyBatch(
  userId: string,
  batch: Batch,
  kinds: Kinds,
  requestId: string,
  idempotencyKey?: string,
): Promise<{ answer: BatchAnswer; isReplayed: boolean }> {
  const apply = (tx: Transaction) => applyIn(tx, userId, batch, kinds, requestId);
  return idempotencyKey === undefined
    ? { answer: await writeTogether(userId, apply), isReplayed: false }
    : await withIdempotencyKey(userId, idempotencyKey, requestHash("batch", batch), apply);
}

async function applyIn(
  tx: Transaction,
  userId: string,
  { changes, atomic }: Batch,
  kinds: Kinds,
  requestId: string,
): Promise<BatchAnswer> {
  await lockOwner(tx, userId);
  const outcomes = atomic
    ? await applyAllOrNone(tx, userId, changes, kinds)
    : await applyEach(tx, userId, changes, kinds);
  return {
    results: outcomes.map((outcome) => resultOf(outcome, requestId)),
    cursor: await cursorNow(userId, tx),
  };
}

async function applyEach(tx: Transaction, userId: string, changes: Change[], kinds: Kinds) {
  const outcomes: Outcome[] = [];
  for (const change of changes) {
    outcomes.push(await applyChange(tx, userId, change, kinds));
  }
  return outcomes;
}

async function applyAllOrNone(tx: Transaction, userId: string, changes: Change[], kinds: Kinds) {
  await tx.$executeRaw`SAVEPOINT "batch"`;
  const outcomes: Outcome[] = [];
  for (const change of changes) {
    const outcome = await applyChange(tx, userId, change, kinds);
    outcomes.push(outcome);
    if (outcome.status !== "stored") {
      await tx.$executeRaw`ROLLBACK TO SAVEPOINT "batch"`;
      return changes.map((_, index) => (index === outcomes.length - 1 ? outcome : undone()));
    }
  }
  return outcomes;
}

function undone(): Outcome {
  const detail = "Another change of this batch could not be stored, so none was.";
  return { status: "refused", refusal: { code: "failed_dependency", detail } };
}
