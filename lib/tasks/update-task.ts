import "server-only";
import { database, Prisma, type Transaction } from "@/lib/db/client";
import type { Owner } from "@/lib/operations/caller";
import type { Task, UpdateTaskInput } from "@/lib/operations/tasks/schemas";
import { changeRefused, changeTask, isThere } from "@/lib/tasks/change-task";
import { assignments, setCompleted } from "@/lib/tasks/task-row";

/**
 * Changes the members of a task that are given and leaves the others as they are; null clears.
 *
 * @param id a UUID
 * @param ifMatch the versions the task may have (RFC 9110, section 13.1.1); any, when absent
 * @throws AppError `not_found`; `precondition_failed` with the task as it stands
 */
export function updateTask(
  { userId }: Owner,
  id: string,
  changes: UpdateTaskInput,
  ifMatch?: number[],
  db: Transaction = database(),
): Promise<Task> {
  const now = new Date();
  return change(db, userId, id, { set: assignments(changes, now), now }, ifMatch);
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
  { userId }: Owner,
  id: string,
  completed?: boolean,
  ifMatch?: number[],
  db: Transaction = database(),
): Promise<Task> {
  const next =
    completed === undefined ? Prisma.sql`NOT "completed"` : Prisma.sql`${completed}::boolean`;
  const now = new Date();
  return change(db, userId, id, { set: setCompleted(next, now), now }, ifMatch);
}

async function change(
  db: Transaction,
  userId: string,
  id: string,
  { set, now }: { set: Prisma.Sql[]; now: Date },
  ifMatch?: number[],
): Promise<Task> {
  const task = await changeTask(db, userId, id, { where: isThere(ifMatch), set, now });
  if (!task) {
    throw await changeRefused(db, userId, id, ifMatch);
  }
  return task;
}
