import "server-only";
import { database } from "@/lib/db/client";
import { bodyHash } from "@/lib/tasks/body-hash";
import { insertTask } from "@/lib/tasks/insert-task";
import type { CreateTaskInput } from "@/lib/tasks/schemas";
import { type KeyedTask, withIdempotencyKey } from "@/lib/tasks/with-idempotency-key";

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
): Promise<KeyedTask> {
  const hash = bodyHash(input);
  if (idempotencyKey === undefined) {
    return { ...(await insertTask(database(), userId, input, hash)), isReplayed: false };
  }
  return withIdempotencyKey(userId, idempotencyKey, hash, (tx) =>
    insertTask(tx, userId, input, hash),
  );
}
