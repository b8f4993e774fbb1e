import "server-only";
import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";

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

/** The error beyond a limit, with the seconds until its window ends. */
export function tooMany(what: string, millisecondsLeft: number): AppError {
  const seconds = Math.max(1, Math.ceil(millisecondsLeft / 1_000));
  return new AppError("rate_limited", `${what} Try again in ${seconds} s.`, {
    headers: { "Retry-After": String(seconds) },
  });
}
