import "server-only";
import { database, type Transaction } from "@/lib/db/client";
import type { Created } from "@/lib/operations/operation";
import { bodyHash, withIdempotencyKey } from "@/lib/sync/with-idempotency-key";
import { insertTask } from "@/lib/tasks/insert-task";
import type { CreateTaskInput, Task } from "@/lib/tasks/schemas";

/**
 * Makes a task. The same id, or the same key, with the same body makes one task however often it
 * is sent.
 *
 * @param idempotencyKey 1 to 255 visible ASCII characters
 * @returns the task, `isNew: false` when the id repeats an earlier create, and `isReplayed` when
 *   the answer is the one the key got first
 * @throws AppError `conflict` when the id belongs to a task of another body or in the trash, or the
 *   user has the most tasks there may be; `idempotency_in_progress`; `idempotency_key_reused`
 */
export async function createTask(
  userId: string,
  input: CreateTaskInput,
  idempotencyKey?: string,
): Promise<Created<Task>> {
  const hash = bodyHash(input);
  const insert = (db: Transaction) => insertTask(db, userId, input, hash);
  const { answer, isReplayed } =
    idempotencyKey === undefined
      ? { answer: await insert(database()), isReplayed: false }
      : await withIdempotencyKey(userId, idempotencyKey, hash, insert);
  return { resource: answer.task, isNew: answer.isNew, isReplayed };
}
