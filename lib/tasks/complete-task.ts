import "server-only";
import { Prisma } from "@/lib/db/client";
import { changeTask, setCompleted } from "@/lib/tasks/change-task";
import type { Task } from "@/lib/tasks/schemas";

/**
 * Sets whether a task is done.
 *
 * @param id a UUID
 * @param completed the state to set; toggles when absent
 * @param ifMatch the versions the task may have (RFC 9110, section 13.1.1); any, when absent
 * @throws AppError `not_found`; `precondition_failed` with the task as it stands
 */
export function completeTask(
  userId: string,
  id: string,
  completed?: boolean,
  ifMatch?: number[],
): Promise<Task> {
  const next =
    completed === undefined ? Prisma.sql`NOT "completed"` : Prisma.sql`${completed}::boolean`;
  return changeTask(userId, id, (now) => setCompleted(next, now), ifMatch);
}
