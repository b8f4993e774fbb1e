import "server-only";
import {
  type Counter,
  counterKey,
  refuseUsedUp,
  rememberUsedUp,
  tooMany,
} from "@/lib/auth/counter";
import { limits } from "@/lib/auth/limits";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";

const tooManyTaken = "Too many sign-ups with addresses that have accounts.";

/**
 * Looks up whether an address has an account, which sign-up has to say, and counts it if so. A network
 * learns of five in an hour; after that all its sign-ups are refused, so that the refusal tells
 * nothing. One statement looks and counts, so parallel tries learn no more.
 *
 * @returns whether it has one
 * @throws AppError `rate_limited`
 */
export async function lookUpAddress(network: string, email: string): Promise<boolean> {
  const { count, milliseconds } = limits.taken;
  const key = counterKey("taken", network);
  refuseUsedUp(key, tooManyTaken);
  const [row] = await database().$queryRaw<(Counter & { taken: boolean })[]>`
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
  if (!row) {
    throw new Error("The statement always returns one row.");
  }
  const isUsedUp = row.taken ? row.count > count : row.count >= count;
  if (isUsedUp && env.requestsPerMinute > 0) {
    rememberUsedUp(key, row.millisecondsLeft);
    throw tooMany(tooManyTaken, row.millisecondsLeft);
  }
  return row.taken;
}
