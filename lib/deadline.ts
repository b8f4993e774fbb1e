import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { unavailable } from "@/lib/errors";
import { processWide } from "@/lib/process-wide";
import { databaseMillisecondsPerRequest } from "@/lib/request-bounds";

const leastMilliseconds = 1_000;

const budgets = processWide(
  "database deadline",
  () => new AsyncLocalStorage<{ milliseconds: number }>(),
);

/**
 * Runs a request under one deadline of 4 s for all its queries together, or other work, which no
 * request waits for, under a longer one.
 */
export function withDatabaseDeadline<Result>(
  work: () => Promise<Result>,
  milliseconds = databaseMillisecondsPerRequest,
): Promise<Result> {
  // Awaited inside: a query of Prisma's begins only when somebody waits for it.
  return budgets.run({ milliseconds }, async () => await work());
}

/**
 * Runs one query, or one transaction, within what is left of its request's deadline, or within a whole one where no
 * request is known. The app keeps the clock, because a frozen server keeps no statement timeout.
 *
 * @throws AppError `unavailable` when the time is used up; what the query did is then unknown
 */
export async function withinDeadline<Result>(query: () => Promise<Result>): Promise<Result> {
  const budget = budgets.getStore() ?? { milliseconds: databaseMillisecondsPerRequest };
  if (budget.milliseconds <= 0) {
    throw unavailable();
  }
  const startedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable()), budget.milliseconds);
  });
  try {
    // What runs inside, such as the statements of a transaction, draws on a copy: it counts once.
    const inner = { milliseconds: budget.milliseconds };
    return await Promise.race([budgets.run(inner, query), deadline]);
  } finally {
    clearTimeout(timer);
    budget.milliseconds -= performance.now() - startedAt;
  }
}

/** Takes time that a request spent on other work, such as a password hash, off its deadline. */
export function spendFromDeadline(milliseconds: number): void {
  const budget = budgets.getStore();
  if (budget) {
    budget.milliseconds = Math.max(leastMilliseconds, budget.milliseconds - milliseconds);
  }
}
