import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "@/lib/process-wide";

/** The first error of a query beneath some work, whether the work told of it or not. */
export type Failures = { first?: unknown };

const observed = processWide("database failures", () => new AsyncLocalStorage<Failures>());

/** Runs work, noting in `failures` what goes wrong beneath it. For callers of code that swallows errors. */
export function observeFailures<Result>(
  failures: Failures,
  work: () => Promise<Result>,
): Promise<Result> {
  return observed.run(failures, work);
}

/** Runs one query and notes its error where somebody observes. */
export async function noteFailure<Result>(query: () => Promise<Result>): Promise<Result> {
  try {
    return await query();
  } catch (error) {
    const failures = observed.getStore();
    if (failures) {
      failures.first ??= error;
    }
    throw error;
  }
}
