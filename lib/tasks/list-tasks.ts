import "server-only";
import { database, Prisma } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { Owner } from "@/lib/operations/caller";
import type { ListTasksQuery } from "@/lib/operations/tasks/list-tasks-query";
import type { Task, TaskList } from "@/lib/operations/tasks/schemas";
import { openCursor, sealCursor } from "@/lib/sync/sealed-cursor";
import { type ListOrder, listConditions, listOrder, positionForm } from "@/lib/tasks/query-sql";
import { type TaskRow, taskColumns, toTask } from "@/lib/tasks/task-row";

type ListedRow = TaskRow & { sortKey: string | null; count: number };
type NoRow = { id: null; count: number };

/**
 * One page of the user's tasks that match, in order, and the count of all that match.
 *
 * @throws AppError `invalid_cursor` when the cursor was altered or made for another user, other
 *   filters or another sort
 */
export async function listTasks({ userId }: Owner, query: ListTasksQuery): Promise<TaskList> {
  const order = listOrder(query.sort);
  const rows = await findPage(userId, query, order);
  const found = rows.filter((row) => row.id !== null);
  const page = found.slice(0, query.limit);
  const last = found.length > query.limit ? page.at(-1) : undefined;
  return {
    data: page.flatMap(shown),
    count: rows[0]?.count ?? 0,
    nextCursor: last
      ? sealCursor({ key: last.sortKey, id: last.id }, bindingOf(userId, query))
      : null,
  };
}

/** One row at least, so that the count arrives also where the page is empty. */
function findPage(
  userId: string,
  query: ListTasksQuery,
  order: ListOrder,
): Promise<(ListedRow | NoRow)[]> {
  const owned = Prisma.sql`"userId" = ${userId} AND "deletedAt" IS NULL`;
  const matching = Prisma.join([owned, ...listConditions(query)], " AND ");
  const after =
    query.cursor === undefined
      ? Prisma.sql`TRUE`
      : order.after(positionForm.parse(openCursor(query.cursor, bindingOf(userId, query))));
  return database().$queryRaw<(ListedRow | NoRow)[]>`
    SELECT matching."count", page.*
    FROM (SELECT count(*)::int AS "count" FROM "task" WHERE ${matching}) AS matching
    LEFT JOIN (
      SELECT ${taskColumns}, "titleLower", ${order.key} AS "sortKey"
      FROM "task" WHERE ${matching} AND ${after}
      ORDER BY ${order.by} LIMIT ${query.limit + 1}
    ) AS page ON TRUE
    ORDER BY ${order.by}`;
}

/** Everything that makes a list the same list, page by page. */
function bindingOf(userId: string, query: ListTasksQuery): string {
  const { status, q, priority, dueBefore, dueAfter, sort } = query;
  const filters = [status, q || null, priority, dueBefore, dueAfter, sort];
  return JSON.stringify([userId, ...filters.map((value) => value ?? null)]);
}

/** A row that no task can be made of is logged and left out, so that the others are still shown. */
function shown(row: ListedRow): Task[] {
  try {
    return [toTask(row)];
  } catch (error) {
    log.error({ userId: row.userId, taskId: row.id, error }, "a task cannot be shown");
    return [];
  }
}
