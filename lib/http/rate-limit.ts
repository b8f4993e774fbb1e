import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { requestContext } from "@/lib/http/request-context";
import { processWide } from "@/lib/process-wide";

const windowMilliseconds = 60_000;
const usersMax = 50_000;

type Window = { startedAt: number; requests: number };

const windows = processWide("request windows", () => new Map<string, Window>());

/**
 * Counts a request of a user, in this process and for a minute at a time, and puts `RateLimit-Policy`
 * and `RateLimit` (draft-ietf-httpapi-ratelimit-headers) on its answer. A limit of 0 counts nothing.
 *
 * @param requests as how many it counts
 * @throws AppError `rate_limited` with `Retry-After`, beyond the limit
 */
export function limitApiRequests(userId: string, requests = 1): void {
  const limit = env.requestsPerMinute;
  if (limit === 0 || requests === 0) {
    return;
  }
  const window = currentWindow(userId);
  window.requests += requests;
  const endsInSeconds = Math.ceil(
    (window.startedAt + windowMilliseconds - performance.now()) / 1_000,
  );
  const remaining = Math.max(0, limit - window.requests);
  const { answerHeaders } = requestContext();
  answerHeaders.set("RateLimit-Policy", `"default";q=${limit};w=${windowMilliseconds / 1_000}`);
  answerHeaders.set("RateLimit", `"default";r=${remaining};t=${endsInSeconds}`);
  if (window.requests > limit) {
    throw new AppError("rate_limited", `At most ${limit} requests a minute are answered.`, {
      headers: { "Retry-After": String(endsInSeconds) },
    });
  }
}

function currentWindow(userId: string): Window {
  const now = performance.now();
  const known = windows.get(userId);
  if (known && now - known.startedAt < windowMilliseconds) {
    return known;
  }
  const started = { startedAt: now, requests: 0 };
  windows.delete(userId);
  windows.set(userId, started);
  forgetOldest();
  return started;
}

// A map keeps the order of insertion, so its first entry is the window that started first.
function forgetOldest(): void {
  const [oldest] = windows.keys();
  if (windows.size > usersMax && oldest !== undefined) {
    windows.delete(oldest);
  }
}
