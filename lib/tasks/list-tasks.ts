import "server-only";
import { database, Prisma } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { Owner } from "@/lib/operations/caller";
import type { HasPage, Tagged } from "@/lib/operations/operation";
import type { ListTasksQuery } from "@/lib/operations/tasks/list-tasks-query";
import type { Task, TaskList } from "@/lib/operations/tasks/schemas";
import { rowSchema } from "@/lib/sync/kind";
import { openCursor, sealCursor, sealText } from "@/lib/sync/sealed-cursor";
import { type ListOrder, listConditions, listOrder, positionForm } from "@/lib/tasks/query-sql";
import { taskColumns, taskOfJson } from "@/lib/tasks/task-row";

/** What of the owner's row a list depends on, as text. */
type State = { state: string };
type ReadList = State & { count: number; rows: string | null };
type ListedRow = Record<string, unknown> & { id: string; sortKey: string | null };

const noState: ReadList = { state: "", count: 0, rows: null };

// Every write changes one of these: the app's the first, another program's that deletes the counts.
const stateColumns = Prisma.sql`
  concat_ws(' ', "epoch", "head", "floor", "liveTasks", "openTasks") AS "state"`;

/**
 * One page of the user's tasks that match, in order, and the count of all that match.
 *
 * @throws AppError `invalid_cursor` when the cursor was altered or made for another user, other
 *   filters or another sort
 */
export async function listTasks(owner: Owner, query: ListTasksQuery): Promise<TaskList> {
  return (await readList(owner, query)).page;
}

/**
 * The same with a tag of the state that it was read from, and without a page where the sender has that
 * of the state as it is: then one row is read and no list.
 *
 * @throws AppError `invalid_cursor`
 */
export async function listTasksUnlessKnown(
  owner: Owner,
  query: ListTasksQuery,
  hasPage: HasPage,
): Promise<Tagged<TaskList>> {
  if (hasPage) {
    refuseForeignCursor(owner, query);
    const tag = tagOf(owner, query, await readState(owner));
    if (hasPage(tag)) {
      return { tag, page: undefined };
    }
  }
  return readList(owner, query);
}

async function readList(owner: Owner, query: ListTasksQuery) {
  const { userId } = owner;
  const read = await findPage(userId, query, listOrder(query.sort));
  const found: ListedRow[] = read.rows === null ? [] : JSON.parse(read.rows);
  const rows = found.slice(0, query.limit);
  const last = found.length > query.limit ? rows.at(-1) : undefined;
  const page: TaskList = {
    data: rows.flatMap((row) => shown(userId, row)),
    count: read.count,
    nextCursor: last
      ? sealCursor({ key: last.sortKey, id: last.id }, bindingOf(userId, query))
      : null,
  };
  return { tag: tagOf(owner, query, read), page };
}

async function readState({ userId }: Owner): Promise<State> {
  const [read] = await database().$queryRaw<State[]>`
    SELECT ${stateColumns} FROM "syncState" WHERE "userId" = ${userId}`;
  return read ?? noState;
}

/** One statement, so that the page, the count and the state are of one moment. */
async function findPage(
  userId: string,
  query: ListTasksQuery,
  order: ListOrder,
): Promise<ReadList> {
  const owned = Prisma.sql`"userId" = ${userId} AND "deletedAt" IS NULL`;
  const matching = Prisma.join([owned, ...listConditions(query)], " AND ");
  const after =
    query.cursor === undefined ? Prisma.sql`TRUE` : order.after(positionOf(userId, query));
  const [read] = await database().$queryRaw<ReadList[]>`
    SELECT ${stateColumns}, ${countOf(query, matching)} AS "count", (
      SELECT json_agg("page")::text FROM (
        SELECT ${taskColumns}, ${order.key} AS "sortKey"
        FROM "task" WHERE ${matching} AND ${after}
        ORDER BY ${order.by} LIMIT ${query.limit + 1}
      ) AS "page"
    ) AS "rows"
    FROM "syncState" WHERE "userId" = ${userId}`;
  return read ?? noState;
}

/** The owner's row counts what a filter by status alone lets through. */
function countOf(query: ListTasksQuery, matching: Prisma.Sql): Prisma.Sql {
  const { status, q, priority, dueBefore, dueAfter } = query;
  return q || priority || dueBefore || dueAfter
    ? Prisma.sql`(SELECT count(*)::int FROM "task" WHERE ${matching})`
    : keptCounts[status];
}

const keptCounts = {
  all: Prisma.sql`"liveTasks"`,
  open: Prisma.sql`"openTasks"`,
  completed: Prisma.sql`"liveTasks" - "openTasks"`,
};

function positionOf(userId: string, query: ListTasksQuery) {
  return positionForm.parse(openCursor(query.cursor ?? "", bindingOf(userId, query)));
}

function refuseForeignCursor({ userId }: Owner, query: ListTasksQuery): void {
  if (query.cursor !== undefined) {
    positionOf(userId, query);
  }
}

/** Everything that makes a list the same list, page by page. */
function bindingOf(userId: string, query: ListTasksQuery): string {
  const { status, q, priority, dueBefore, dueAfter, sort } = query;
  const filters = [status, q || null, priority, dueBefore, dueAfter, sort];
  return JSON.stringify([userId, ...filters.map((value) => value ?? null)]);
}

/** Everything that a page's content depends on. */
function tagOf({ userId }: Owner, query: ListTasksQuery, { state }: State): string {
  const { limit, cursor = null } = query;
  return sealText(JSON.stringify([rowSchema, bindingOf(userId, query), limit, cursor, state]));
}

/** A row that no task can be made of is logged and left out, so that the others are still shown. */
function shown(userId: string, row: ListedRow): Task[] {
  try {
    return [taskOfJson(row)];
  } catch (error) {
    log.error({ userId, taskId: row.id, error }, "a task cannot be shown");
    return [];
  }
}
