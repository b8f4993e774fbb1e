import "server-only";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { lowerCase } from "@/lib/tasks/lower-case";
import type { CreateTaskInput, Task } from "@/lib/tasks/schemas";
import { hasRoom, tooManyTasks } from "@/lib/tasks/task-limit";
import { type TaskRow, taskColumns, toTask } from "@/lib/tasks/to-task";
import { trashEnd } from "@/lib/tasks/trash";
import { uuidVersion7 } from "@/lib/uuid-version-7";

/** A task that a create made, or found made by the same body before. */
export type InsertedTask = { task: Task; isNew: boolean };

type NewTask = CreateTaskInput & { id: string };

/**
 * Inserts a task, or finds the one that the same body made before under the same id.
 *
 * @param createdFrom the hash of the body
 * @throws AppError `conflict` when the id belongs to a task of another body or in the trash, or the
 *   user has no room for it
 */
export async function insertTask(
  db: Transaction,
  userId: string,
  input: CreateTaskInput,
  createdFrom: string,
): Promise<InsertedTask> {
  const task = { ...input, id: input.id ?? uuidVersion7() };
  return (
    (await insert(db, userId, task, createdFrom)) ??
    (await findRepeated(db, userId, task.id, createdFrom)) ??
    (await insertOverGone(db, userId, task, createdFrom))
  );
}

// ON CONFLICT, because a unique violation would end the transaction around it.
async function insert(
  db: Transaction,
  userId: string,
  { id, title, description, completed, priority, dueDate }: NewTask,
  createdFrom: string,
): Promise<InsertedTask | null> {
  const now = new Date();
  const [row] = await db.$queryRaw<TaskRow[]>`
    INSERT INTO "task" ("userId", "id", "title", "description", "completed", "completedAt",
      "priority", "dueDate", "createdAt", "updatedAt", "createdFrom",
      "titleLower", "descriptionLower")
    SELECT "user"."id", ${id}::uuid, ${title}::text, ${description ?? null}::text,
      ${completed ?? false}::boolean, ${completed ? now : null}::timestamptz,
      ${priority ?? "none"}::"Priority", ${dueDate ?? null}::date,
      ${now}::timestamptz, ${now}::timestamptz, ${createdFrom}::text,
      ${lowerCase(title)}::text, ${description ? lowerCase(description) : null}::text
    FROM "user" WHERE "user"."id" = ${userId} AND ${hasRoom(userId)}
    ON CONFLICT DO NOTHING
    RETURNING ${taskColumns}`;
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
  task: NewTask,
  createdFrom: string,
): Promise<InsertedTask> {
  await db.task.deleteMany({ where: { userId, id: task.id, deletedAt: { lt: trashEnd() } } });
  const inserted = await insert(db, userId, task, createdFrom);
  if (!inserted) {
    throw tooManyTasks();
  }
  return inserted;
}
