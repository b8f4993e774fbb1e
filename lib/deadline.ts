import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { unavailable } from "@/lib/errors";
import { processWide } from "@/lib/process-wide";
import { databaseMillisecondsPerRequest } from "@/lib/request-bounds";

const leastMilliseconds = 1_000;

type Budget = { left: () => number; spend: (milliseconds: number) => void };

const budgets = processWide("database deadline", () => new AsyncLocalStorage<Budget>());

/**
 * Runs a request under one deadline of 4 s for all its queries together, or other work, which no
 * request waits for, under a longer one.
 */
export function withDatabaseDeadline<Result>(
  work: () => Promise<Result>,
  milliseconds = databaseMillisecondsPerRequest,
): Promise<Result> {
  // Awaited inside, because a Prisma query begins only when it is awaited.
  return budgets.run(spentByUse(milliseconds), async () => await work());
}

/**
 * Runs one query, or one transaction, within what is left of its request's deadline, or within a whole one where no
 * request is known. The app keeps a clock of its own, because a frozen server keeps no statement timeout.
 *
 * @throws AppError `unavailable` when the time is used up
 */
export async function withinDeadline<Result>(query: () => Promise<Result>): Promise<Result> {
  const budget = budgets.getStore() ?? spentByUse(databaseMillisecondsPerRequest);
  const milliseconds = budget.left();
  if (milliseconds <= 0) {
    throw unavailable();
  }
  const startedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable()), milliseconds);
  });
  try {
    // What runs inside, such as the statements of a transaction, ends at the same moment.
    const inner = spentByTime(startedAt + milliseconds);
    return await Promise.race([budgets.run(inner, query), deadline]);
  } finally {
    clearTimeout(timer);
    budget.spend(performance.now() - startedAt);
  }
}

/** What is left of the current request's deadline, after which nothing waits for its queries. */
export function millisecondsLeft(): number {
  return budgets.getStore()?.left() ?? databaseMillisecondsPerRequest;
}

/** Takes time that a request spent on other work, such as a password hash, off its deadline. */
export function spendFromDeadline(milliseconds: number): void {
  const budget = budgets.getStore();
  if (budget) {
    // One second is always left for what follows.
    budget.spend(Math.min(milliseconds, budget.left() - leastMilliseconds));
  }
}

/** A budget that only the time of queries draws on. */
function spentByUse(milliseconds: number): Budget {
  let left = milliseconds;
  return {
    left: () => left,
    spend: (spent) => {
      left -= spent;
    },
  };
}

/** A budget that runs out with the clock, whether queries run or not. */
function spentByTime(endsAt: number): Budget {
  return { left: () => endsAt - performance.now(), spend: () => {} };
}
