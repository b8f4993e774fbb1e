import "server-only";
import { database, Prisma } from "@/lib/db/client";
import { changeRefused, taskNotFound } from "@/lib/tasks/get-task";
import type { Task, UpdateTaskInput } from "@/lib/tasks/schemas";
import { assignments, setCompleted, type TaskRow, taskColumns, toTask } from "@/lib/tasks/task-row";

/**
 * Changes the members of a task that are given and leaves the others as they are; null clears.
 *
 * @param id a UUID
 * @param ifMatch the versions the task may have (RFC 9110, section 13.1.1); any, when absent
 * @throws AppError `not_found`; `precondition_failed` with the task as it stands
 */
export function updateTask(
  userId: string,
  id: string,
  changes: UpdateTaskInput,
  ifMatch?: number[],
): Promise<Task> {
  return changeTask(userId, id, (now) => assignments(changes, now), ifMatch);
}

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

/** Changes a task in one statement and counts its version up; `assignments` stands after SET. */
async function changeTask(
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

function countedUp(now: Date): Prisma.Sql[] {
  return [Prisma.sql`"version" = "version" + 1`, Prisma.sql`"updatedAt" = ${now}`];
}
