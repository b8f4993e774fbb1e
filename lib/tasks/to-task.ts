import "server-only";
import { Prisma } from "@/lib/db/client";
import type { Task } from "@/lib/tasks/schemas";

/** A task as the database gives it. */
export type TaskRow = Omit<
  Prisma.TaskGetPayload<object>,
  "deletedAt" | "createdFrom" | "titleLower" | "descriptionLower"
>;

/** The columns of a `TaskRow`, for statements written as SQL. */
export const taskColumns = Prisma.sql`"userId", "id", "title", "description", "completed",
  "completedAt", "priority", "dueDate", "version", "createdAt", "updatedAt"`;

/**
 * The task of a row: its public members and nothing else.
 *
 * @throws RangeError when the row holds a time that no calendar shows
 */
export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    userId: row.userId,
    title: row.title,
    description: row.description,
    completed: row.completed,
    completedAt: row.completedAt?.toISOString() ?? null,
    priority: row.priority,
    dueDate: row.dueDate?.toISOString().slice(0, "YYYY-MM-DD".length) ?? null,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
