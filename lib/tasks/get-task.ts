import "server-only";
import { database } from "@/lib/db/client";
import { noSuch } from "@/lib/errors";
import type { Owner } from "@/lib/operations/caller";
import type { Task } from "@/lib/operations/tasks/schemas";
import { type TaskRow, taskColumns, toTask } from "@/lib/tasks/task-row";

/**
 * A task of the user.
 *
 * @param id a UUID
 * @throws AppError `not_found` when the user has no such task, or it lies in the trash
 */
export async function getTask({ userId }: Owner, id: string): Promise<Task> {
  const [row] = await database().$queryRaw<TaskRow[]>`
    SELECT ${taskColumns} FROM "task"
    WHERE "userId" = ${userId} AND "id" = ${id}::uuid AND "deletedAt" IS NULL`;
  if (!row) {
    throw noSuch("task");
  }
  return toTask(row);
}
