import "server-only";
import { database } from "@/lib/db/client";
import { changeRefused } from "@/lib/tasks/change-refused";
import { taskNotFound } from "@/lib/tasks/task-not-found";
import { emptyTrash } from "@/lib/tasks/trash";

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
