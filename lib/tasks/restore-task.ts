import "server-only";
import { database } from "@/lib/db/client";
import type { Task } from "@/lib/tasks/schemas";
import { hasRoom, tooManyTasks } from "@/lib/tasks/task-limit";
import { taskNotFound } from "@/lib/tasks/task-not-found";
import { type TaskRow, taskColumns, toTask } from "@/lib/tasks/to-task";
import { trashEnd } from "@/lib/tasks/trash";

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
    throw await whyNot(userId, id);
  }
  return toTask(row);
}

async function whyNot(userId: string, id: string) {
  const where = { userId, id, deletedAt: { gte: trashEnd() } };
  const lies = await database().task.findFirst({ where, select: { id: true } });
  return lies ? tooManyTasks() : taskNotFound();
}
