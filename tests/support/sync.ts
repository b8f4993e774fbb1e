import type { z } from "zod";
import { syncOperations } from "@/lib/operations/sync";
import type { Answer } from "@/tests/support/api";
import type { TaskOwner } from "@/tests/support/task-owner";

type Feed = z.infer<typeof syncOperations.readChanges.answer.schema>;

/** The feed of an answer, which must be one. */
export function feedIn(answer: Answer): Feed {
  return syncOperations.readChanges.answer.schema.parse(answer.body);
}

/** The results and the cursor of a batch's answer, which must be one. */
export function batchIn(answer: Answer) {
  return syncOperations.applyBatch.answer.schema.parse(answer.body);
}

/** Reads a page of the feed. */
export async function readFeed(
  owner: TaskOwner,
  query: Record<string, string> = {},
): Promise<Feed> {
  return feedIn(await owner.send("GET", `/api/sync?${new URLSearchParams(query)}`));
}

/** Reads the feed to its end, and gives the latest state of each row, and the cursor there. */
export async function readAll(owner: TaskOwner, query: Record<string, string> = {}) {
  const rows = new Map<string, Feed["rows"][number]>();
  let page = await readFeed(owner, query);
  for (;;) {
    for (const row of page.rows) {
      rows.set(row.id, row);
    }
    if (!page.more) {
      return { rows, cursor: page.cursor };
    }
    page = await readFeed(owner, { ...query, cursor: page.cursor });
  }
}
