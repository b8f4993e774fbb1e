import "server-only";
import { database, Prisma, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Owner } from "@/lib/operations/caller";
import type { Created } from "@/lib/operations/operation";
import type { CreateTaskInput, Task } from "@/lib/operations/tasks/schemas";
import { uuidVersion7 } from "@/lib/planning/uuid-version-7";
import { purgeTrash, writeRows } from "@/lib/sync/door";
import { bodyHash, withIdempotencyKey } from "@/lib/sync/with-idempotency-key";
import { newTask, type TaskDraft } from "@/lib/tasks/fields";
import { hasRoom, tooManyTasks } from "@/lib/tasks/task-limit";
import {
  insertedColumns,
  insertedValues,
  newTaskCounts,
  type TaskRow,
  taskColumns,
  taskCounts,
  taskTable,
  toTask,
} from "@/lib/tasks/task-row";
import { trashEnd } from "@/lib/tasks/trash";

/** A task that a create made, or found made by the same body before. */
type InsertedTask = { task: Task; isNew: boolean };

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
  { userId }: Owner,
  input: CreateTaskInput,
  idempotencyKey?: string,
  db: Transaction = database(),
): Promise<Created<Task>> {
  const hash = bodyHash(input);
  const draft = { ...input, id: input.id ?? uuidVersion7() };
  const insert = (tx: Transaction) => insertOnce(tx, userId, draft, hash);
  const { answer, isReplayed } =
    idempotencyKey === undefined
      ? { answer: await insert(db), isReplayed: false }
      : await withIdempotencyKey(userId, idempotencyKey, hash, insert);
  return { resource: answer.task, isNew: answer.isNew, isReplayed };
}

/** Inserts a task, or finds the one that the same body made before under the same id. */
async function insertOnce(
  db: Transaction,
  userId: string,
  draft: TaskDraft,
  createdFrom: string,
): Promise<InsertedTask> {
  return (
    (await insert(db, userId, draft, createdFrom)) ??
    (await findRepeated(db, userId, draft.id, createdFrom)) ??
    (await insertOverGone(db, userId, draft, createdFrom))
  );
}

// ON CONFLICT, because a unique violation would end the transaction around it.
async function insert(
  db: Transaction,
  userId: string,
  draft: TaskDraft,
  createdFrom: string,
): Promise<InsertedTask | null> {
  const task = newTask(userId, draft, new Date());
  const [row] = await writeRows<TaskRow>(
    db,
    userId,
    Prisma.sql`
      INSERT INTO "task" (${insertedColumns}, "createdFrom", "seq")
      SELECT ${insertedValues(task)}, ${createdFrom}::text, "number" FROM "owner" WHERE ${hasRoom()}
      ON CONFLICT DO NOTHING
      RETURNING ${taskColumns}, ${newTaskCounts}`,
    taskCounts,
  );
  return row ? { task: toTask(row), isNew: true } : null;
}

async function findRepeated(
  db: Transaction,
  userId: string,
  id: string,
  createdFrom: string,
): Promise<InsertedTask | null> {
  const row = await db.task.findFirst({
    where: { userId, id, OR: [{ deletedAt: null }, { deletedAt: { gte: trashEnd() } }] },
  });
  if (!row) {
    return null;
  }
  if (row.deletedAt !== null) {
    throw new AppError("conflict", "A task with this id lies in the trash. Restore it instead.");
  }
  if (row.createdFrom !== createdFrom) {
    throw new AppError("conflict", "Another task has this id. Choose a new one.");
  }
  return { task: toTask(row), isNew: false };
}

/** Inserts once more, now that a task of this id that had left the trash is out of the way. */
async function insertOverGone(
  db: Transaction,
  userId: string,
  draft: TaskDraft,
  createdFrom: string,
): Promise<InsertedTask> {
  await purgeTrash(db, userId, taskTable, trashEnd());
  const inserted = await insert(db, userId, draft, createdFrom);
  if (!inserted) {
    throw tooManyTasks();
  }
  return inserted;
}
