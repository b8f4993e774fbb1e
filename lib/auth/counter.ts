import "server-only";
import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";
import { processWide } from "@/lib/process-wide";

/**
 * What counting returns. Every counter is one row, written by one statement. The row gets an id of its
 * own and ON CONFLICT decides by the key only, so that two inserts at once with one id are no error of
 * the primary key.
 */
export type Counter = { count: number; millisecondsLeft: number };

/** The key of a counter: of fixed length whatever the subject, and naming nobody. */
export function counterKey(kind: string, subject: string): string {
  return `${kind}:${createHash("sha256").update(subject).digest("base64url")}`;
}

const usedUpMax = 10_000;
const usedUp = processWide("counters that are used up", () => new Map<string, number>());

/**
 * Remembers in this process that a counter is used up until its window ends. Many requests may share
 * one row, such as all of a site behind a proxy that it does not trust: those that are refused anyway
 * must not wait for each other at that row. Only for a counter that nothing takes back.
 */
export function rememberUsedUp(key: string, millisecondsLeft: number): void {
  usedUp.delete(key);
  usedUp.set(key, performance.now() + millisecondsLeft);
  const [oldest] = usedUp.keys();
  if (usedUp.size > usedUpMax && oldest !== undefined) {
    usedUp.delete(oldest);
  }
}

/** @throws AppError `rate_limited` for a counter that this process knows to be used up */
export function refuseUsedUp(key: string, what: string): void {
  const millisecondsLeft = (usedUp.get(key) ?? 0) - performance.now();
  if (millisecondsLeft > 0) {
    throw tooMany(what, millisecondsLeft);
  }
}

/** The error beyond a limit, with the seconds until its window ends. */
export function tooMany(what: string, millisecondsLeft: number): AppError {
  const seconds = Math.max(1, Math.ceil(millisecondsLeft / 1_000));
  return new AppError("rate_limited", `${what} Try again in ${seconds} s.`, {
    headers: { "Retry-After": String(seconds) },
  });
}
