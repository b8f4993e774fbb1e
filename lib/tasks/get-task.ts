import "server-only";
import { database } from "@/lib/db/client";
import { AppError, noSuch } from "@/lib/errors";
import type { Task } from "@/lib/tasks/schemas";
import { toTask } from "@/lib/tasks/task-row";

/**
 * A task of the user.
 *
 * @param id a UUID
 * @throws AppError `not_found` when the user has no such task, or it lies in the trash
 */
export async function getTask(userId: string, id: string): Promise<Task> {
  const row = await database().task.findFirst({ where: { userId, id, deletedAt: null } });
  if (!row) {
    throw taskNotFound();
  }
  return toTask(row);
}

/** The one answer for a task that is missing, another user's or in the trash. */
export function taskNotFound(): AppError {
  return noSuch("task");
}

/**
 * Why a conditional statement met no task: it has another version, which the error carries under
 * `current`.
 *
 * @throws AppError `not_found` when there is none
 */
export async function changeRefused(userId: string, id: string): Promise<AppError> {
  const current = await getTask(userId, id);
  return new AppError(
    "precondition_failed",
    "The task has another version than If-Match names. See current.",
    { current },
  );
}
