import "server-only";
import { Prisma } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** The condition that a user has room for one more task, in a statement of `writeRows`. */
export function hasRoom(): Prisma.Sql {
  const max = env.tasksPerUserMax;
  return max === 0 ? Prisma.sql`TRUE` : Prisma.sql`"liveTasks" < ${max}`;
}

/** The error for a user who has no room left. */
export function tooManyTasks(): AppError {
  return new AppError(
    "conflict",
    `You have ${env.tasksPerUserMax} tasks, the most there may be. Delete some first.`,
  );
}
