import "server-only";
import { Prisma } from "@/lib/db/client";
import { changeTask, setCompleted } from "@/lib/tasks/change-task";
import { lowerCase } from "@/lib/tasks/lower-case";
import type { Task, UpdateTaskInput } from "@/lib/tasks/schemas";

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

function assignments(changes: UpdateTaskInput, now: Date): Prisma.Sql[] {
  const { title, description, completed, priority, dueDate } = changes;
  return [
    title === undefined ? [] : Prisma.sql`"title" = ${title}, "titleLower" = ${lowerCase(title)}`,
    description === undefined
      ? []
      : Prisma.sql`"description" = ${description},
          "descriptionLower" = ${description && lowerCase(description)}`,
    completed === undefined ? [] : setCompleted(Prisma.sql`${completed}::boolean`, now),
    priority === undefined ? [] : Prisma.sql`"priority" = ${priority}::"Priority"`,
    dueDate === undefined ? [] : Prisma.sql`"dueDate" = ${dueDate}::date`,
  ].flat();
}
