import "server-only";
import { setImmediate as othersTurn } from "node:timers/promises";
import { database } from "@/lib/db/client";
import { withDatabaseDeadline } from "@/lib/deadline";
import { log } from "@/lib/log";
import type { ExportedTask } from "@/lib/operations/export-schema";
import { toTask } from "@/lib/tasks/task-row";

const pageSize = 500;

/**
 * All tasks of a user, those in the trash too, in the order of their ids and a page at a time, so
 * that any number of them neither fills the memory nor keeps others waiting. A task that stands all
 * the while comes exactly once.
 *
 * @throws AppError `unavailable` when the database goes away in the middle
 */
export async function* exportTasks(userId: string): AsyncGenerator<ExportedTask[]> {
  let lastId: string | undefined;
  do {
    const rows = await readPage(userId, lastId);
    lastId = rows.length < pageSize ? undefined : rows.at(-1)?.id;
    yield rows.flatMap(exported);
    // The embedded database answers without a pause in which the process could do anything else.
    await othersTurn();
  } while (lastId !== undefined);
}

/** Each page has a deadline of its own: together they may take longer than one request's. */
function readPage(userId: string, lastId: string | undefined) {
  return withDatabaseDeadline(() =>
    database().task.findMany({
      where: { userId, ...(lastId !== undefined && { id: { gt: lastId } }) },
      orderBy: { id: "asc" },
      take: pageSize,
    }),
  );
}

type Row = Awaited<ReturnType<typeof readPage>>[number];

/** A row that no task can be made of is logged and left out, as in lists. */
function exported(row: Row): ExportedTask[] {
  try {
    const { userId: _, ...task } = toTask(row);
    return [{ ...task, deletedAt: row.deletedAt?.toISOString() ?? null }];
  } catch (error) {
    log.error({ userId: row.userId, taskId: row.id, error }, "a task cannot be exported");
    return [];
  }
}
