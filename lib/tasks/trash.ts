import "server-only";
import { database, Prisma, type Transaction } from "@/lib/db/client";
import { type AppError, noSuch } from "@/lib/errors";
import type { Owner } from "@/lib/operations/caller";
import { trashDays } from "@/lib/operations/tasks/limits";
import type { Task } from "@/lib/operations/tasks/schemas";
import { purgeTrash } from "@/lib/sync/door";
import { changeRefused, changeTask, isThere } from "@/lib/tasks/change-task";
import { hasRoom, tooManyTasks } from "@/lib/tasks/task-limit";
import { taskTable } from "@/lib/tasks/task-row";

const dayMilliseconds = 86_400_000;

/**
 * Moves a task to the trash, where `restoreTask` finds it for 30 days.
 *
 * @param id a UUID
 * @param ifMatch the versions the task may have (RFC 9110, section 13.1.1); any, when absent
 * @throws AppError `not_found`; `precondition_failed` with the task as it stands
 */
export async function deleteTask(
  { userId }: Owner,
  id: string,
  ifMatch?: number[],
  db: Transaction = database(),
): Promise<void> {
  await purgeTrash(db, userId, taskTable, trashEnd());
  const now = new Date();
  const set = [Prisma.sql`"deletedAt" = ${now}`];
  if (!(await changeTask(db, userId, id, { where: isThere(ifMatch), set, now }))) {
    throw await changeRefused(db, userId, id, ifMatch);
  }
}

/**
 * Brings a task back from the trash as it was, but for `version` and `updatedAt`.
 *
 * @param id a UUID
 * @throws AppError `not_found` when it is not in the trash, or for longer than 30 days; `conflict`
 *   when the user has no room for it
 */
export async function restoreTask(
  { userId }: Owner,
  id: string,
  db: Transaction = database(),
): Promise<Task> {
  const where = Prisma.sql`"deletedAt" >= ${trashEnd()} AND ${hasRoom()}`;
  const set = [Prisma.sql`"deletedAt" = NULL`];
  const task = await changeTask(db, userId, id, { where, set, now: new Date() });
  if (!task) {
    throw await restoreRefused(db, userId, id);
  }
  return task;
}

/** What went to the trash before this moment is gone for good. */
export function trashEnd(): Date {
  return new Date(Date.now() - trashDays * dayMilliseconds);
}

async function restoreRefused(db: Transaction, userId: string, id: string): Promise<AppError> {
  const where = { userId, id, deletedAt: { gte: trashEnd() } };
  const inTrash = await db.task.findFirst({ where, select: { id: true } });
  return inTrash ? tooManyTasks() : noSuch("task");
}
