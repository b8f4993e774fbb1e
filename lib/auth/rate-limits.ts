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
  /** Sign-ins from a network, by password, passkey or provider, and other proofs by a password. */
  signIn: { count: 30, milliseconds: minute },
  /** Sign-ins by passkey that a network begins; a page may begin one by being opened. */
  passkey: { count: 60, milliseconds: minute },
  /** Bearer tokens for a session. */
  token: { count: 120, milliseconds: minute },
  /** Mails of one kind to an address, or that one person asks for. */
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
  /** API keys that nobody has, from a network. */
  wrongKey: { count: 60, milliseconds: minute },
  /** Devices of a network that ask to be let in. */
  deviceCode: { count: 20, milliseconds: minute },
  /** Codes of devices that a user types. */
  userCode: { count: 20, milliseconds: 15 * minute },
} as const;

/** Every limit of the auth routes: how many in how long. */
export const rateLimits = {
  ...requests,
  taken: { count: 5, milliseconds: hour },
  wrongPassword: { count: 10, milliseconds: 15 * minute },
} as const;

/**
 * Counts a request against one of the limits above, in a window of fixed length that the first
 * request opens. One statement counts, on any instance, and none where the limit is known to be used up.
 *
 * @param subject what the limit is kept for: a network, an address, a user, a session or a key
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
 * Counts a try of a password, or of a code, before it is checked. Ten may be wrong; the next is
 * refused until a quarter of an hour after the tenth, so no quarter of an hour ever holds eleven.
 * Holds with every other limit off.
 *
 * @param subject whose password is tried, the same for every spelling; it may have no account
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
 * Looks up whether an address has an account, which sign-up has to say, and counts it if so. A network
 * learns of five in an hour; after that all its sign-ups are refused, so that the refusal tells
 * nothing. One statement looks and counts, so parallel tries learn no more.
 *
 * @returns whether it has one
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

/** How often a counter has counted, and when its window ends. */
type Counter = { count: number; millisecondsLeft: number };

/**
 * Counts once. The row gets an id of its own and ON CONFLICT decides by the key only, so that two
 * inserts at once with one id are no error of the primary key.
 *
 * @param fixedFrom below this count each further one begins the window anew
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

/** The key of a counter: of fixed length whatever the subject, and naming nobody. */
function counterKey(kind: string, subject: string): string {
  return `${kind}:${createHash("sha256").update(subject).digest("base64url")}`;
}

/**
 * Remembers in this process that a counter is used up until its window ends. Many requests may share
 * one row, such as all of a site behind a proxy that it does not trust: those that are refused anyway
 * must not wait for each other at that row. Only for a counter that nothing takes back.
 */
function rememberUsedUp(key: string, millisecondsLeft: number): void {
  usedUp.delete(key);
  usedUp.set(key, performance.now() + millisecondsLeft);
  const [oldest] = usedUp.keys();
  if (usedUp.size > usedUpMax && oldest !== undefined) {
    usedUp.delete(oldest);
  }
}

/** @throws AppError `rate_limited` for a counter that this process knows to be used up */
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
