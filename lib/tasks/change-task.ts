import "server-only";
import { Prisma, type Transaction } from "@/lib/db/client";
import { AppError, noSuch } from "@/lib/errors";
import type { Task } from "@/lib/operations/tasks/schemas";
import { writeNumber, writeRows } from "@/lib/sync/door";
import { type TaskRow, taskColumns, taskCounts, toTask } from "@/lib/tasks/task-row";

type TaskChange = {
  /** Which state the task must be in. */
  where: Prisma.Sql;
  /** What stands after SET, beside what every change sets. */
  set: Prisma.Sql[];
  now: Date;
};

/**
 * Changes a task in one statement and counts its version up.
 *
 * @returns null when there is no such task in such a state
 */
export async function changeTask(
  db: Transaction,
  userId: string,
  id: string,
  { where, set, now }: TaskChange,
): Promise<Task | null> {
  const everyChange = Prisma.sql`
    "version" = "version" + 1, "updatedAt" = ${now}, "seq" = ${writeNumber}`;
  // The row as it was before, under its lock: what it counted for is taken off the counts.
  const before = Prisma.sql`
    SELECT "id" AS "beforeId", "completed" AS "wasCompleted", "deletedAt" AS "wasDeletedAt"
    FROM "owner" CROSS JOIN "task"
    WHERE "userId" = ${userId} AND "id" = ${id}::uuid AND ${where}
    FOR NO KEY UPDATE OF "task"`;
  const [row] = await writeRows<TaskRow>(
    db,
    userId,
    Prisma.sql`
      UPDATE "task" SET ${Prisma.join([...set, everyChange])} FROM (${before}) AS "before"
      WHERE "userId" = ${userId} AND "id" = "beforeId"
      RETURNING ${taskColumns},
        ("deletedAt" IS NULL)::int - ("wasDeletedAt" IS NULL)::int AS "live",
        ("deletedAt" IS NULL AND NOT "completed")::int
          - ("wasDeletedAt" IS NULL AND NOT "wasCompleted")::int AS "open"`,
    taskCounts,
  );
  return row ? toTask(row) : null;
}

/** The state of a task that is there, and has one of these versions; any, when absent. */
export function isThere(ifMatch?: number[]): Prisma.Sql {
  return ifMatch
    ? Prisma.sql`"deletedAt" IS NULL AND "version" = ANY(${ifMatch}::int[])`
    : Prisma.sql`"deletedAt" IS NULL`;
}

/**
 * Why a change met no task: it has another version, which the error carries under `current`, or
 * there is none.
 */
export async function changeRefused(
  db: Transaction,
  userId: string,
  id: string,
  ifMatch?: number[],
): Promise<AppError> {
  const row = ifMatch && (await db.task.findFirst({ where: { userId, id, deletedAt: null } }));
  return row
    ? new AppError(
        "precondition_failed",
        "The task has another version than If-Match names. See current.",
        { current: toTask(row) },
      )
    : noSuch("task");
}
