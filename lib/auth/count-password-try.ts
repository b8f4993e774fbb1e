import "server-only";
import { type Counter, counterKey, tooMany } from "@/lib/auth/counter";
import { limits } from "@/lib/auth/limits";
import { database } from "@/lib/db/client";

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
  const { count, milliseconds } = limits.wrongPassword;
  const key = counterKey("wrongPassword", subject);
  const rows = await database().$queryRaw<Counter[]>`
    INSERT INTO "rateLimit" AS "r" ("id", "key", "count", "lastRequest")
    VALUES (${crypto.randomUUID()}, ${key}, 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN "r"."lastRequest" + ${milliseconds} <= EXCLUDED."lastRequest"
        THEN 1 ELSE LEAST("r"."count" + 1, ${count + 1}) END,
      "lastRequest" = CASE
        WHEN "r"."lastRequest" + ${milliseconds} > EXCLUDED."lastRequest" AND "r"."count" >= ${count}
        THEN "r"."lastRequest" ELSE EXCLUDED."lastRequest" END
    RETURNING "count",
      ("lastRequest" + ${milliseconds} - extract(epoch FROM clock_timestamp()) * 1000)::int AS "millisecondsLeft"`;
  const [row] = rows;
  if (row && row.count > count) {
    throw tooMany("Too many wrong tries for this account.", row.millisecondsLeft);
  }
  return async () => {
    await database().$executeRaw`
      UPDATE "rateLimit" SET "count" = LEAST("count", ${count}) - 1 WHERE "key" = ${key} AND "count" > 0`;
  };
}
