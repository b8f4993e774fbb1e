import "server-only";
import { taskParams } from "@/lib/tasks/schemas";
import { taskNotFound } from "@/lib/tasks/task-not-found";

/**
 * The id in a task's path, in lower case.
 *
 * @throws AppError `not_found` when it is not a UUID, so that nothing tells it from a missing task
 */
export function taskId(params: unknown): string {
  const parsed = taskParams.safeParse(params);
  if (!parsed.success) {
    throw taskNotFound();
  }
  return parsed.data.id;
}
