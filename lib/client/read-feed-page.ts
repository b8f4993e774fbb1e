import { unexpectedAnswer } from "@/lib/client/api-error";
import { isRecord } from "@/lib/client/is-record";
import { isTextOrNull } from "@/lib/client/read-body";
import { isTask } from "@/lib/client/task-api";
import type { SyncedRow } from "@/lib/operations/sync";

/** A page of the feed of changes. */
export type FeedPage = { schema: number; rows: SyncedRow[]; cursor: string; more: boolean };

/**
 * Reads a page of the feed. Rows of kinds that this version of the app does not know are left out.
 *
 * @throws ApiError `unexpected_answer` for anything but a page of the feed
 */
export function readFeedPage(body: unknown): FeedPage {
  const { schema, rows, cursor, more } = isRecord(body) ? body : {};
  if (!Array.isArray(rows) || typeof schema !== "number") {
    throw unexpectedAnswer();
  }
  if (typeof cursor !== "string" || typeof more !== "boolean") {
    throw unexpectedAnswer();
  }
  const tasks: unknown[] = rows.filter((row: unknown) => !isRecord(row) || row.kind === "task");
  if (!tasks.every(isSyncedTask)) {
    throw unexpectedAnswer();
  }
  return { schema, rows: tasks, cursor, more };
}

function isSyncedTask(row: unknown): row is SyncedRow {
  return isTask(row) && "deletedAt" in row && isTextOrNull(row.deletedAt);
}
