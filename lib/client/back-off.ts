import { ApiError } from "@/lib/client/api-error";

const attemptsMax = 5;
const retryAfterSecondsMax = 30;
const firstCeilingMilliseconds = 500;
const ceilingMillisecondsMax = 8_000;

/**
 * Runs `operation` until it succeeds.
 *
 * @throws what it threw last: something `mayRepeat` does not accept, or anything once it has used up
 *   its attempts or is asked to wait longer than a person would
 */
export async function withBackOff<Result>(
  operation: () => Promise<Result>,
  mayRepeat: (error: ApiError) => boolean,
  signal?: AbortSignal,
): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof ApiError) || !mayRepeat(error)) {
        throw error;
      }
      if (attempt + 1 >= attemptsMax) {
        throw error;
      }
      if ((error.retryAfterSeconds ?? 0) > retryAfterSecondsMax) {
        throw error;
      }
      await pause(backOffMilliseconds(attempt, error.retryAfterSeconds), signal);
    }
  }
}

/**
 * How long to wait before the next attempt: the server's `Retry-After`, and on top of it half to
 * all of a ceiling that doubles with each attempt, so that clients do not come back together.
 */
export function backOffMilliseconds(
  attempt: number,
  retryAfterSeconds: number | null,
  random: () => number = Math.random,
): number {
  const ceiling = Math.min(ceilingMillisecondsMax, firstCeilingMilliseconds * 2 ** attempt);
  const jittered = ceiling / 2 + (random() * ceiling) / 2;
  return (retryAfterSeconds ?? 0) * 1000 + jittered;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
