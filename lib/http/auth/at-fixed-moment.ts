import "server-only";
import { setTimeout as pause } from "node:timers/promises";

/** How long after its request an answer leaves that must not tell by its time what was found. */
const answerMilliseconds = 250;

/**
 * Does something and lets its answer, or its error, leave at a fixed moment; where the work took
 * longer, at the next multiple of it.
 */
export async function atFixedMoment<Result>(work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    const elapsed = performance.now() - startedAt;
    await pause(answerMilliseconds - (elapsed % answerMilliseconds));
  }
}
