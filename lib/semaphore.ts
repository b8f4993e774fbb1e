import "server-only";
import { AppError } from "@/lib/errors";

/** Lets few pieces of work run at a time and the others wait in line: a counting semaphore. */
export type Semaphore = {
  /** @throws AppError `unavailable` when too many wait, and what the work throws */
  run: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Sends away all who wait, with an error that would meet them too. */
  dismiss: (error: unknown) => void;
  /** Whether nothing runs and nothing waits. */
  isIdle: () => boolean;
};

/** A line of its own, with room for `parallelMax` at work and `waitingMax` waiting. */
export function createSemaphore(parallelMax: number, waitingMax: number): Semaphore {
  const waiting: { start: () => void; fail: (error: unknown) => void }[] = [];
  let running = 0;

  function waitForTurn(): Promise<void> {
    if (waiting.length >= waitingMax) {
      throw new AppError("unavailable", "Too many requests are waiting. Try again in a moment.", {
        headers: { "Retry-After": "5" },
      });
    }
    return new Promise((start, fail) => waiting.push({ start, fail }));
  }

  /** Hands the turn to the next in line, so the number at work stays as it is. */
  function passOn(): void {
    const next = waiting.shift();
    if (next) {
      next.start();
    } else {
      running -= 1;
    }
  }

  return {
    async run(work) {
      if (running >= parallelMax) {
        await waitForTurn();
      } else {
        running += 1;
      }
      try {
        return await work();
      } finally {
        passOn();
      }
    },
    dismiss(error) {
      for (const { fail } of waiting.splice(0)) {
        fail(error);
      }
    },
    isIdle: () => running === 0,
  };
}
