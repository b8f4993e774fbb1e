import "server-only";
import { database } from "@/lib/db/client";
import type { AppError } from "@/lib/errors";
import { changeRefused, taskNotFound } from "@/lib/tasks/get-task";
import { trashDays } from "@/lib/tasks/limits";
import type { Task } from "@/lib/tasks/schemas";
import { hasRoom, tooManyTasks } from "@/lib/tasks/task-limit";
import { type TaskRow, taskColumns, toTask } from "@/lib/tasks/task-row";

const dayMilliseconds = 86_400_000;

/**
 * Moves a task to the trash, where `restoreTask` finds it for 30 days.
 *
 * @param id a UUID
 * @param ifMatch the versions the task may have (RFC 9110, section 13.1.1); any, when absent
 * @throws AppError `not_found`; `precondition_failed` with the task as it stands
 */
export async function deleteTask(userId: string, id: string, ifMatch?: number[]): Promise<void> {
  await emptyTrash(userId);
  const { count } = await database().task.updateMany({
    where: { userId, id, deletedAt: null, ...(ifMatch && { version: { in: ifMatch } }) },
    data: { deletedAt: new Date() },
  });
  if (count === 0) {
    throw ifMatch ? await changeRefused(userId, id) : taskNotFound();
  }
}

/**
 * Brings a task back from the trash as it was, but for `version` and `updatedAt`.
 *
 * @param id a UUID
 * @throws AppError `not_found` when it is not in the trash, or for longer than 30 days; `conflict`
 *   when the user has no room for it
 */
export async function restoreTask(userId: string, id: string): Promise<Task> {
  const [row] = await database().$queryRaw<TaskRow[]>`
    UPDATE "task"
    SET "deletedAt" = NULL, "version" = "version" + 1, "updatedAt" = ${new Date()}
    WHERE "userId" = ${userId} AND "id" = ${id}::uuid AND "deletedAt" >= ${trashEnd()}
      AND ${hasRoom(userId)}
    RETURNING ${taskColumns}`;
  if (!row) {
    throw await restoreRefused(userId, id);
  }
  return toTask(row);
}

/** What went to the trash before this moment is gone for good. */
export function trashEnd(): Date {
  return new Date(Date.now() - trashDays * dayMilliseconds);
}

async function restoreRefused(userId: string, id: string): Promise<AppError> {
  const where = { userId, id, deletedAt: { gte: trashEnd() } };
  const inTrash = await database().task.findFirst({ where, select: { id: true } });
  return inTrash ? tooManyTasks() : taskNotFound();
}

/** Removes what has lain in a user's trash for too long. */
async function emptyTrash(userId: string): Promise<void> {
  await database().task.deleteMany({ where: { userId, deletedAt: { lt: trashEnd() } } });
}
