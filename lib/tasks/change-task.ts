import "server-only";
import { database, Prisma } from "@/lib/db/client";
import { changeRefused } from "@/lib/tasks/change-refused";
import type { Task } from "@/lib/tasks/schemas";
import { taskNotFound } from "@/lib/tasks/task-not-found";
import { type TaskRow, taskColumns, toTask } from "@/lib/tasks/to-task";

/**
 * Changes a task of the user in one statement and counts its version up.
 *
 * @param assignments what stands after SET, given the time of the change
 * @param ifMatch the versions it may have; any, when absent
 * @throws AppError `not_found`; `precondition_failed` when it has another version
 */
export async function changeTask(
  userId: string,
  id: string,
  assignments: (now: Date) => Prisma.Sql[],
  ifMatch?: number[],
): Promise<Task> {
  const now = new Date();
  const versionMatches = ifMatch
    ? Prisma.sql`AND "version" = ANY(${ifMatch}::int[])`
    : Prisma.empty;
  const [row] = await database().$queryRaw<TaskRow[]>`
    UPDATE "task"
    SET ${Prisma.join([...assignments(now), ...countedUp(now)])}
    WHERE "userId" = ${userId} AND "id" = ${id}::uuid AND "deletedAt" IS NULL ${versionMatches}
    RETURNING ${taskColumns}`;
  if (!row) {
    throw ifMatch ? await changeRefused(userId, id) : taskNotFound();
  }
  return toTask(row);
}

/** The assignments that set whether a task is done. The time of a completion stays while it is done. */
export function setCompleted(completed: Prisma.Sql, now: Date): Prisma.Sql[] {
  return [
    Prisma.sql`"completed" = ${completed}`,
    Prisma.sql`"completedAt" = CASE WHEN ${completed} THEN coalesce("completedAt", ${now}) END`,
  ];
}

function countedUp(now: Date): Prisma.Sql[] {
  return [Prisma.sql`"version" = "version" + 1`, Prisma.sql`"updatedAt" = ${now}`];
}
