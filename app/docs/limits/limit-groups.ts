import { duration } from "@/app/docs/duration";
import {
  apiKeysMax,
  deviceKeyDays,
  deviceLifeSeconds,
  passkeysMax,
  pollSeconds,
} from "@/lib/account/limits";
import { rateLimits } from "@/lib/auth/rate-limits";
import { recentSignInMinutes } from "@/lib/auth/recent-sign-in";
import { env } from "@/lib/env";
import {
  nameLengthMax,
  passwordLengthMax,
  passwordLengthMin,
} from "@/lib/operations/account-fields";
import {
  descriptionLengthMax,
  pageSizeDefault,
  pageSizeMax,
  searchLengthMax,
  titleLengthMax,
  trashDays,
} from "@/lib/operations/tasks/limits";
import {
  bodyBytesMax,
  databaseMillisecondsPerRequest,
  idempotencyKeyHours,
  idempotencyKeyLengthMax,
  nestingMax,
  tokenLengthMax,
} from "@/lib/request-bounds";

/** One limit: what is bounded, and by how much. */
export type Limit = { what: string; bound: string };

export type LimitGroup = { id: string; title: string; note: string; limits: Limit[] };

type AuthLimit = keyof typeof rateLimits;

const authLimits: Record<AuthLimit, string> = {
  keyToken: "Tokens for one API key",
  wrongKey: "Unknown API keys from one network",
  token: "Tokens for one session",
  signUp: "Sign-ups from one network",
  taken: "Sign-ups from one network with addresses that have accounts",
  signIn: "Sign-ins and other proofs by a password from one network",
  passkey: "Sign-ins by passkey that one network begins",
  wrongPassword: "Wrong passwords or codes for one account",
  change: "Changes to one account",
  exportData: "Exports of one person’s data",
  mail: "Mails of one kind to one address",
  mailRequest: "Requests for a mail from one network",
  link: "Links from mails that one network opens",
  deviceCode: "Devices of one network that ask to be let in",
  userCode: "Codes of devices that one person enters",
};

const authKinds = Object.keys(authLimits).filter((kind): kind is AuthLimit => kind in rateLimits);

/** Every limit that a program can meet, from the constants that the code itself keeps to. */
export const limitGroups: LimitGroup[] = [
  {
    id: "tasks",
    title: "Tasks and lists",
    note: "A character is a Unicode code point, whatever its bytes.",
    limits: [
      { what: "Title", bound: `1 to ${number(titleLengthMax)} characters` },
      { what: "Description", bound: `${number(descriptionLengthMax)} characters` },
      { what: "Search text", bound: `${number(searchLengthMax)} characters` },
      {
        what: "Page of a list",
        bound: `${pageSizeDefault} tasks, ${pageSizeMax} at most`,
      },
      { what: "Tasks of one person", bound: unlessOff(env.tasksPerUserMax, number) },
      { what: "Deleted task can be restored", bound: `${trashDays} days` },
    ],
  },
  {
    id: "requests",
    title: "Requests",
    note: "Beyond a size the answer is 400 or 413, and 401 for the token. Beyond the time it is 503, and what the request did is unknown until you look or repeat it. Headers beyond what the server reads are 431, and a request that arrives too slowly is 408, both with the code `invalid_request`.",
    limits: [
      { what: "Body", bound: `${bodyBytesMax / 1_024} KiB` },
      { what: "Nesting of JSON", bound: `${nestingMax} levels` },
      { what: "Bearer token", bound: `${tokenLengthMax / 1_024} KiB` },
      { what: "Idempotency key", bound: `1 to ${idempotencyKeyLengthMax} visible characters` },
      { what: "Repeats get the first answer for", bound: `${idempotencyKeyHours} hours` },
      {
        what: "Time of a request with the database",
        bound: duration(databaseMillisecondsPerRequest / 1_000),
      },
    ],
  },
  {
    id: "rates",
    title: "Rates",
    note: "Beyond a rate the answer is 429 `rate_limited`, and `Retry-After` says after how many seconds to go on. The task API tells of its limit on every answer, as `RateLimit-Policy` and `RateLimit`. A browser in which an account signed in before has its own count of wrong passwords, and one that passed the second step its own count of wrong codes. So nobody can lock another person out.",
    limits: [
      {
        what: "Task API, for one person",
        bound: unlessOff(env.requestsPerMinute, (count) => `${number(count)} requests a minute`),
      },
      ...authKinds.map((kind) => ({ what: authLimits[kind], bound: rate(kind) })),
    ],
  },
  {
    id: "lives",
    title: "Lives",
    note: "A token also ends with the key or session that it came of.",
    limits: [
      { what: "Bearer token", bound: duration(env.tokenLifeSeconds) },
      { what: "API key that a device gets", bound: `${deviceKeyDays} days` },
      { what: "Code of a device", bound: duration(deviceLifeSeconds) },
      { what: "Between two polls of a device", bound: duration(pollSeconds) },
      { what: "A sign-in counts as recent for", bound: `${recentSignInMinutes} minutes` },
    ],
  },
  {
    id: "accounts",
    title: "Accounts",
    note: "Beyond a number the answer is 409 `conflict`, and keys that have ended do not count. Beyond a length it is 400.",
    limits: [
      { what: "API keys of one person", bound: number(apiKeysMax) },
      { what: "Passkeys of one account", bound: number(passkeysMax) },
      { what: "Password", bound: `${passwordLengthMin} to ${passwordLengthMax} characters` },
      {
        what: "Name of a person, key or passkey; client_id of a device",
        bound: `${nameLengthMax} characters`,
      },
    ],
  },
];

/** With the limit of the task API all others are off, but for that of wrong passwords and codes. */
function rate(kind: AuthLimit): string {
  const { count, milliseconds } = rateLimits[kind];
  const isOff = env.requestsPerMinute === 0 && kind !== "wrongPassword";
  return isOff ? "no limit" : `${count} in ${duration(milliseconds / 1_000)}`;
}

/** A limit that the operator of the site may have turned off with a 0. */
function unlessOff(limit: number, say: (limit: number) => string): string {
  return limit === 0 ? "no limit" : say(limit);
}

function number(value: number): string {
  return value.toLocaleString("en-GB");
}
