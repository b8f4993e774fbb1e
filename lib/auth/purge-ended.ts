import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { waitUntil } from "@vercel/functions";
import { database, Prisma } from "@/lib/db/client";
import { withDatabaseDeadline } from "@/lib/deadline";
import { log } from "@/lib/log";
import { processWide } from "@/lib/process-wide";

const hourMilliseconds = 3_600_000;
const dayMilliseconds = 24 * hourMilliseconds;
// People may want to look at an expired key for a while.
const endedKeyDays = 30;
const unseenDeviceDays = 180;
const batchRows = 1_000;
// A few milliseconds are enough, but on a slow server the purge must succeed as well.
const batchMillisecondsMax = 30_000;
// It must differ from the number of every other advisory lock of this app.
const purgeLock = 72707370;

type Ended = { table: string; end: string; before: Prisma.Sql };

const purging = processWide("purge of what ended", () => ({
  startedAt: Number.NEGATIVE_INFINITY,
  isStopped: false,
  run: Promise.resolve(),
}));

/**
 * Deletes counters, sessions, tokens and requests that ended a day ago, API keys that expired a month
 * ago, and devices that sent no changes for 180 days, with the results kept for them, at most once an hour in this process. It returns at once: no request waits for it or
 * fails with it.
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
 * Stops a running purge after its current batch, at the end of the process.
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
    {
      table: "syncDevice",
      end: "lastSeenAt",
      before: timestamp(Date.now() - unseenDeviceDays * dayMilliseconds),
    },
  ];
}

function timestamp(milliseconds: number): Prisma.Sql {
  return Prisma.sql`${new Date(milliseconds)}::timestamptz`;
}

/**
 * Deletes the thousand oldest of these rows by one short statement, so that no lock is held for long.
 * Only the process with the advisory lock deletes anything. That lock ends with the statement, also
 * behind a transaction pooler. Rows that a request has locked are left for the next purge.
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
