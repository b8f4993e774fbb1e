import "server-only";
import {
  type Counter,
  counterKey,
  refuseUsedUp,
  rememberUsedUp,
  tooMany,
} from "@/lib/auth/counter";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";

const minute = 60_000;
const hour = 60 * minute;
const tooManyRequests = "Too many requests.";

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
export const limits = {
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
  const { count, milliseconds } = limits[kind];
  const key = counterKey(kind, subject);
  refuseUsedUp(key, tooManyRequests);
  const [row] = await database().$queryRaw<Counter[]>`
    INSERT INTO "rateLimit" AS "r" ("id", "key", "count", "lastRequest")
    VALUES (${crypto.randomUUID()}, ${key}, 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN "r"."lastRequest" + ${milliseconds} <= EXCLUDED."lastRequest"
        THEN 1 ELSE LEAST("r"."count" + 1, ${count + 1}) END,
      "lastRequest" = CASE WHEN "r"."lastRequest" + ${milliseconds} <= EXCLUDED."lastRequest"
        THEN EXCLUDED."lastRequest" ELSE "r"."lastRequest" END
    RETURNING "count",
      ("lastRequest" + ${milliseconds} - extract(epoch FROM clock_timestamp()) * 1000)::int AS "millisecondsLeft"`;
  if (row && row.count > count) {
    rememberUsedUp(key, row.millisecondsLeft);
    throw tooMany(tooManyRequests, row.millisecondsLeft);
  }
}
