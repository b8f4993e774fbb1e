import "server-only";
import { z } from "zod";
import { database, Prisma, type Transaction } from "@/lib/db/client";
import { AppError, noSuch } from "@/lib/errors";
import { log } from "@/lib/log";
import type { SyncedRow } from "@/lib/operations/sync";
import { type Kinds, rowSchema } from "@/lib/sync/kind";
import { openCursor, sealCursor } from "@/lib/sync/sealed-cursor";

const answerBytesMax = 2 ** 20;
const feedLimit = 500;

const positionForm = z.strictObject({
  epoch: z.guid(),
  /** The greatest number of a row that was gone when the reading without a cursor began. */
  floor: z.string(),
  /** The greatest number that there was when the page before was read. */
  head: z.string(),
  seq: z.string(),
  kind: z.string(),
  id: z.string(),
});

/** Where a reader of the feed stands: behind the row of this number, kind and id. */
type Position = z.infer<typeof positionForm>;

type State = { head: bigint; floor: bigint; epoch: string };
type FoundRow = State & {
  kind: string | null;
  seq: bigint;
  id: string;
  columns: Record<string, unknown>;
};

/** A page of the feed. */
export type FeedPage = {
  schema: number;
  rows: SyncedRow[];
  cursor: string;
  /** Whether there was more at the moment of reading. */
  more: boolean;
};

export type FeedQuery = {
  cursor?: string | undefined;
  /** How many rows at most; 500 without it. */
  limit?: number | undefined;
  /** The shape of rows that the reader knows. */
  schema?: number | undefined;
};

/**
 * Reads a page of a person's changes in one statement, each row at its latest state, oldest change
 * first, and ends it at 1 MiB. A reader who goes on from `cursor` until `more` is false holds what the
 * database held at some moment after the reading began.
 *
 * @throws AppError `invalid_cursor`; `resync_required` where the cursor cannot be continued, or the
 *   schema is not known; `not_found` when there is no such person
 */
export async function readFeed(
  userId: string,
  { cursor, limit = feedLimit, schema = rowSchema }: FeedQuery,
  kinds: Kinds,
  db: Transaction = database(),
): Promise<FeedPage> {
  if (schema !== rowSchema) {
    throw resyncRequired();
  }
  const since = cursor === undefined ? null : openPosition(cursor, userId);
  const rows = await findRows(db, userId, since, limit, kinds);
  const [state] = rows;
  if (!state) {
    throw noSuch("account");
  }
  const from = since ?? positionBefore(state);
  await refuseUncontinuable(db, userId, from, state);
  return pageOf(
    userId,
    from,
    state,
    rows.filter((row) => row.kind !== null),
    limit,
    kinds,
  );
}

/** A cursor behind all that a person's rows have changed so far. */
export async function cursorNow(userId: string, db: Transaction = database()): Promise<string> {
  const state = await getState(db, userId);
  return sealPosition(positionAtHead(positionBefore(state), state), userId);
}

/**
 * Asserts that a cursor can be continued.
 *
 * @throws AppError `invalid_cursor`; `resync_required`
 */
export async function assertContinuable(userId: string, cursor: string): Promise<void> {
  const position = openPosition(cursor, userId);
  await refuseUncontinuable(database(), userId, position, await getState(database(), userId));
}

/**
 * The number of the write that a cursor stands behind.
 *
 * @throws AppError `invalid_cursor`
 */
export function numberOf(cursor: string, userId: string): bigint {
  return BigInt(openPosition(cursor, userId).seq);
}

async function getState(db: Transaction, userId: string): Promise<State> {
  const [state] = await db.$queryRaw<State[]>`
    SELECT "head", "floor", "epoch"::text AS "epoch" FROM "syncState" WHERE "userId" = ${userId}`;
  if (!state) {
    throw noSuch("account");
  }
  return state;
}

/** One row at least, so that the person's state arrives where no row has changed. */
function findRows(
  db: Transaction,
  userId: string,
  since: Position | null,
  limit: number,
  kinds: Kinds,
): Promise<FoundRow[]> {
  const selects = Object.entries(kinds).map(
    ([name, { table, columns }]) => Prisma.sql`(
      SELECT ${name}::text COLLATE "C" AS "kind", "seq", "id"::text COLLATE "C" AS "id",
        (SELECT row_to_json("shown") FROM (SELECT ${columns}) AS "shown") AS "columns"
      FROM ${table}
      WHERE "userId" = ${userId} AND "seq" >= ${since?.seq ?? "0"}::bigint
        AND ("seq", ${name}::text COLLATE "C", "id"::text COLLATE "C") > (
          ${since?.seq ?? "0"}::bigint, ${since?.kind ?? ""}::text, ${since?.id ?? ""}::text
        )
      ORDER BY "seq", "id" LIMIT ${limit + 1}
    )`,
  );
  return db.$queryRaw<FoundRow[]>`
    SELECT "state"."head", "state"."floor", "state"."epoch"::text AS "epoch", "page".*
    FROM (SELECT "head", "floor", "epoch" FROM "syncState" WHERE "userId" = ${userId}) AS "state"
    LEFT JOIN (
      SELECT * FROM (${Prisma.join(selects, " UNION ALL ")}) AS "changed"
      ORDER BY "seq", "kind", "id" LIMIT ${limit + 1}
    ) AS "page" ON TRUE
    ORDER BY "page"."seq", "page"."kind", "page"."id"`;
}

/** A row that is gone by now may be one that the reader still holds, or would have met. */
async function refuseUncontinuable(
  db: Transaction,
  userId: string,
  from: Position,
  { head, floor, epoch }: State,
): Promise<void> {
  if (from.epoch === epoch && BigInt(from.head) > head) {
    // The database is a restored backup: a row that the reader was to meet further on may be behind.
    await db.$executeRaw`
      UPDATE "syncState" SET "epoch" = gen_random_uuid()
      WHERE "userId" = ${userId} AND "epoch" = ${epoch}::uuid`;
    throw resyncRequired();
  }
  if (from.epoch !== epoch || (floor > BigInt(from.floor) && floor > BigInt(from.seq))) {
    throw resyncRequired();
  }
}

function pageOf(
  userId: string,
  from: Position,
  state: State,
  found: FoundRow[],
  limit: number,
  kinds: Kinds,
): FeedPage {
  const rows: SyncedRow[] = [];
  let bytes = 0;
  let read = 0;
  for (const { kind, id, columns } of found.slice(0, limit)) {
    const row = shown(userId, kind ?? "", id, columns, kinds);
    bytes += row ? Buffer.byteLength(JSON.stringify(row)) : 0;
    if (bytes > answerBytesMax && rows.length > 0) {
      break;
    }
    read += 1;
    rows.push(...(row ? [row] : []));
  }
  const last = found[read - 1];
  const more = read < found.length;
  const position =
    more && last
      ? {
          ...from,
          head: String(state.head),
          seq: String(last.seq),
          kind: last.kind ?? "",
          id: last.id,
        }
      : positionAtHead(from, state);
  return { schema: rowSchema, rows, cursor: sealPosition(position, userId), more };
}

/** A row that no resource can be made of is logged and left out, so that the others arrive. */
function shown(
  userId: string,
  kind: string,
  id: string,
  columns: Record<string, unknown>,
  kinds: Kinds,
) {
  try {
    return kinds[kind]?.toRow(columns);
  } catch (error) {
    log.error({ userId, kind, id, error }, "a row cannot be shown");
    return undefined;
  }
}

function positionBefore({ head, floor, epoch }: State): Position {
  return { epoch, floor: String(floor), head: String(head), seq: "0", kind: "", id: "" };
}

/** Behind every row of the numbers so far, even one that was written over or is gone. */
function positionAtHead(from: Position, { head }: State): Position {
  return { ...from, head: String(head), seq: String(head), kind: "~", id: "" };
}

function sealPosition(position: Position, userId: string): string {
  return sealCursor(position, bindingOf(userId));
}

function openPosition(cursor: string, userId: string): Position {
  return positionForm.parse(openCursor(cursor, bindingOf(userId)));
}

function bindingOf(userId: string): string {
  return JSON.stringify(["feed", userId]);
}

function resyncRequired(): AppError {
  return new AppError(
    "resync_required",
    "This cursor cannot be continued. Read the feed from its beginning, without a cursor.",
  );
}
