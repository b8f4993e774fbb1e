import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { waitUntil } from "@vercel/functions";
import { database, Prisma } from "@/lib/db/client";
import { withDatabaseDeadline } from "@/lib/deadline";
import { log } from "@/lib/log";
import { processWide } from "@/lib/process-wide";

const hourMilliseconds = 3_600_000;
const dayMilliseconds = 24 * hourMilliseconds;
// People look at what became of a key long after its end.
const endedKeyDays = 30;
const batchRows = 1_000;
// Some milliseconds are enough; on a server that is slow for everybody the purge must not starve.
const batchMillisecondsMax = 30_000;
// Not the number of another advisory lock of this database.
const purgeLock = 72707370;

type Ended = { table: string; end: string; before: Prisma.Sql };

const purging = processWide("purge of what ended", () => ({
  startedAt: Number.NEGATIVE_INFINITY,
  isStopped: false,
  run: Promise.resolve(),
}));

/**
 * Deletes counters, sessions, tokens and requests that ended a day ago, and API keys that ended a
 * month ago, at most once an hour in this process. It returns at once: no answer waits for it, and nothing fails with it.
 */
export function purgeEnded(): void {
  if (performance.now() - purging.startedAt < hourMilliseconds) {
    return;
  }
  purging.startedAt = performance.now();
  purging.run = purge(Date.now() - dayMilliseconds).catch((error) =>
    log.warn({ error }, "ended sessions and counters are still there"),
  );
  waitUntil(purging.run);
}

/**
 * Ends a purge that is under way after its present batch, at the end of the process.
 *
 * @param milliseconds how long to wait for that batch
 */
export async function stopPurge(milliseconds: number): Promise<void> {
  purging.isStopped = true;
  await Promise.race([purging.run, pause(milliseconds, undefined, { ref: false })]);
}

async function purge(before: number): Promise<void> {
  for (const ended of endedBefore(before)) {
    let deleted = batchRows;
    while (deleted === batchRows && !purging.isStopped) {
      deleted = await withDatabaseDeadline(() => deleteBatch(ended), batchMillisecondsMax);
    }
  }
}

function endedBefore(before: number): Ended[] {
  const isOver = { end: "expiresAt", before: timestamp(before) };
  return [
    { table: "rateLimit", end: "lastRequest", before: Prisma.sql`${before}::bigint` },
    { table: "session", ...isOver },
    { table: "verification", ...isOver },
    { table: "oneTimeToken", ...isOver },
    { table: "passkeyChallenge", ...isOver },
    { table: "deviceRequest", ...isOver },
    {
      ...isOver,
      table: "apiKey",
      before: timestamp(before - endedKeyDays * dayMilliseconds),
    },
  ];
}

function timestamp(milliseconds: number): Prisma.Sql {
  return Prisma.sql`${new Date(milliseconds)}::timestamptz`;
}

/**
 * Deletes the thousand rows that ended first, by one statement of a few milliseconds, so that no lock
 * is held for long. The process that has the advisory lock purges, and the others delete nothing
 * meanwhile. The lock ends with the statement, also behind a transaction pooler, and rows that a
 * request has locked are left for the next time.
 *
 * @returns how many were deleted
 */
function deleteBatch({ table, end, before }: Ended): Promise<number> {
  const [rows, endedAt] = [table, end].map((name) => Prisma.raw(`"${name}"`));
  return database().$executeRaw`
    WITH "turn" AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${purgeLock}::bigint) AS "isMine"),
    "batch" AS MATERIALIZED (
      SELECT "ctid" FROM ${rows}
      WHERE ${endedAt} < ${before} AND (SELECT "isMine" FROM "turn")
      ORDER BY ${endedAt} LIMIT ${Prisma.raw(String(batchRows))} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM ${rows} WHERE "ctid" = ANY (ARRAY(SELECT "ctid" FROM "batch"))`;
}
