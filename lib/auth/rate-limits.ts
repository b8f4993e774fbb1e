import "server-only";
import { createHash } from "node:crypto";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { processWide } from "@/lib/process-wide";

const minute = 60_000;
const hour = 60 * minute;
const tooManyRequests = "Too many requests.";
const tooManyTaken = "Too many sign-ups with addresses that have accounts.";

const usedUpMax = 10_000;
const usedUp = processWide("counters that are used up", () => new Map<string, number>());

const requests = {
  /** Sign-ups from a network. */
  signUp: { count: 20, milliseconds: minute },
  /** Sign-ins from a network, by password, passkey or provider, and other checks of a password. */
  signIn: { count: 30, milliseconds: minute },
  /** Sign-ins by passkey that a network begins; opening a page may begin one. */
  passkey: { count: 60, milliseconds: minute },
  /** Bearer tokens for a session. */
  token: { count: 120, milliseconds: minute },
  /** Mails of one kind to an address, or requested by one person. */
  mail: { count: 5, milliseconds: hour },
  /** Requests for a mail from a network. */
  mailRequest: { count: 30, milliseconds: minute },
  /** Links from mails that a network opens. */
  link: { count: 30, milliseconds: minute },
  /** Changes to an account by its user. */
  change: { count: 60, milliseconds: minute },
  /** Exports of a user's data. */
  exportData: { count: 10, milliseconds: minute },
  /** Tokens for an API key. */
  keyToken: { count: 120, milliseconds: minute },
  /** Unknown API keys from a network. */
  wrongKey: { count: 60, milliseconds: minute },
  /** Devices of a network that ask for approval. */
  deviceCode: { count: 20, milliseconds: minute },
  /** User codes of devices that a person types. */
  userCode: { count: 20, milliseconds: 15 * minute },
} as const;

/** Every limit of the auth routes: how many requests in how long. */
export const rateLimits = {
  ...requests,
  taken: { count: 5, milliseconds: hour },
  wrongPassword: { count: 10, milliseconds: 15 * minute },
} as const;

/**
 * Counts a request against one of the limits above, in a window of fixed length that begins with
 * the first request. One statement counts, for all processes. No statement is sent once this
 * process knows that the limit is used up.
 *
 * @param subject what is limited: a network, an address, a user, a session or a key
 * @throws AppError `rate_limited` with `Retry-After`, beyond the limit
 */
export async function limitRequests(kind: keyof typeof requests, subject: string): Promise<void> {
  if (env.requestsPerMinute === 0) {
    return;
  }
  const key = counterKey(kind, subject);
  assertNotUsedUp(key, tooManyRequests);
  const { count, millisecondsLeft } = await countOnce(key, requests[kind], 0);
  if (count > requests[kind].count) {
    rememberUsedUp(key, millisecondsLeft);
    throw tooMany(tooManyRequests, millisecondsLeft);
  }
}

/**
 * Counts a try of a password, or of a code, before it is checked. After ten wrong tries further
 * ones are refused until a quarter of an hour after the tenth, so there are never eleven within a
 * quarter of an hour. It applies even when all other limits are off.
 *
 * @param subject the account that is tried, spelled in one way; it need not exist
 * @returns a function that takes the count back, for a try that was not wrong
 * @throws AppError `rate_limited`
 */
export async function countPasswordTry(subject: string): Promise<() => Promise<void>> {
  const limit = rateLimits.wrongPassword;
  const key = counterKey("wrongPassword", subject);
  const { count, millisecondsLeft } = await countOnce(key, limit, limit.count);
  if (count > limit.count) {
    throw tooMany("Too many wrong tries for this account.", millisecondsLeft);
  }
  return async () => {
    await database().$executeRaw`
      UPDATE "rateLimit" SET "count" = LEAST("count", ${limit.count}) - 1 WHERE "key" = ${key} AND "count" > 0`;
  };
}

/**
 * Looks up whether an address has an account, which sign-up has to reveal, and counts it if so. After
 * five such addresses in an hour all sign-ups of a network are refused, so that a refusal reveals
 * nothing. One statement does both, so parallel tries reveal no more.
 *
 * @returns whether the address has an account
 * @throws AppError `rate_limited`
 */
export async function lookUpAddress(network: string, email: string): Promise<boolean> {
  const { count, milliseconds } = rateLimits.taken;
  const key = counterKey("taken", network);
  assertNotUsedUp(key, tooManyTaken);
  const [found] = await database().$queryRaw<(Counter & { taken: boolean })[]>`
    WITH "clock" AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "now"),
    "look" AS (SELECT EXISTS (SELECT 1 FROM "user" WHERE "email" = ${email.toLowerCase()}) AS "taken"),
    "counted" AS (
      INSERT INTO "rateLimit" AS "r" ("id", "key", "count", "lastRequest")
      SELECT ${crypto.randomUUID()}, ${key}, "taken"::int, "now" FROM "look", "clock"
      ON CONFLICT ("key") DO UPDATE SET
        "count" = CASE WHEN "r"."lastRequest" + ${milliseconds} <= EXCLUDED."lastRequest"
          THEN EXCLUDED."count" ELSE "r"."count" + EXCLUDED."count" END,
        "lastRequest" = CASE WHEN "r"."lastRequest" + ${milliseconds} <= EXCLUDED."lastRequest"
          THEN EXCLUDED."lastRequest" ELSE "r"."lastRequest" END
      RETURNING "count", "lastRequest"
    )
    SELECT "taken", "count", ("lastRequest" + ${milliseconds} - "now")::int AS "millisecondsLeft"
    FROM "look", "counted", "clock"`;
  const row = theOne(found);
  const isUsedUp = row.taken ? row.count > count : row.count >= count;
  if (isUsedUp && env.requestsPerMinute > 0) {
    rememberUsedUp(key, row.millisecondsLeft);
    throw tooMany(tooManyTaken, row.millisecondsLeft);
  }
  return row.taken;
}

type Limit = { count: number; milliseconds: number };

/** The count of a window, and how long it has left. */
type Counter = { count: number; millisecondsLeft: number };

/**
 * Adds one to a counter. Each insert has a new id, so that two at once conflict only in the key,
 * which ON CONFLICT handles.
 *
 * @param fixedFrom as long as the count is below this, each further one restarts the window
 */
async function countOnce(
  key: string,
  { count, milliseconds }: Limit,
  fixedFrom: number,
): Promise<Counter> {
  const [row] = await database().$queryRaw<Counter[]>`
    INSERT INTO "rateLimit" AS "r" ("id", "key", "count", "lastRequest")
    VALUES (${crypto.randomUUID()}, ${key}, 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN "r"."lastRequest" + ${milliseconds} <= EXCLUDED."lastRequest"
        THEN 1 ELSE LEAST("r"."count" + 1, ${count + 1}) END,
      "lastRequest" = CASE
        WHEN "r"."lastRequest" + ${milliseconds} > EXCLUDED."lastRequest" AND "r"."count" >= ${fixedFrom}
        THEN "r"."lastRequest" ELSE EXCLUDED."lastRequest" END
    RETURNING "count",
      ("lastRequest" + ${milliseconds} - extract(epoch FROM clock_timestamp()) * 1000)::int AS "millisecondsLeft"`;
  return theOne(row);
}

/** The row of a statement that always returns one. */
function theOne<Row>(row: Row | undefined): Row {
  if (row === undefined) {
    throw new Error("The statement always returns one row.");
  }
  return row;
}

/** The key of a counter: a hash, so that it has a fixed length and reveals no subject. */
function counterKey(kind: string, subject: string): string {
  return `${kind}:${createHash("sha256").update(subject).digest("base64url")}`;
}

/**
 * Remembers in this process that a counter is used up until its window ends. Many requests may share
 * one row, such as all requests through a proxy that the site does not trust: those that are refused
 * anyway must not wait for each other's lock of that row. Not for counts that can be taken back.
 */
function rememberUsedUp(key: string, millisecondsLeft: number): void {
  usedUp.delete(key);
  usedUp.set(key, performance.now() + millisecondsLeft);
  const [oldest] = usedUp.keys();
  if (usedUp.size > usedUpMax && oldest !== undefined) {
    usedUp.delete(oldest);
  }
}

/** @throws AppError `rate_limited` for a counter that is used up as far as this process knows */
function assertNotUsedUp(key: string, what: string): void {
  const millisecondsLeft = (usedUp.get(key) ?? 0) - performance.now();
  if (millisecondsLeft > 0) {
    throw tooMany(what, millisecondsLeft);
  }
}

/** The error beyond a limit, with the seconds until its window ends. */
function tooMany(what: string, millisecondsLeft: number): AppError {
  const seconds = Math.max(1, Math.ceil(millisecondsLeft / 1_000));
  return new AppError("rate_limited", `${what} Try again in ${seconds} s.`, {
    headers: { "Retry-After": String(seconds) },
  });
}
