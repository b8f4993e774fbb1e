import { afterEach, expect, it } from "vitest";
import { database, shareDatabase } from "@/lib/db/client";
import { problemIn } from "@/tests/support/bodies";
import { feedIn, readFeed } from "@/tests/support/sync";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

let restoreDatabase = () => {};

afterEach(() => restoreDatabase());

it("a reader in the middle of the feed begins again after a restored backup, whose rows may be behind it", async () => {
  const owner = await taskOwner();
  const [, moved] = [await owner.make(), await owner.make(), await owner.make()];
  const before = await database().syncState.findUniqueOrThrow({ where: { userId: owner.id } });
  await owner.send("PATCH", `/api/tasks/${moved?.id}`, { body: { title: "Moved on" } });
  const { cursor, more } = await readFeed(owner, { limit: "2" });
  expect(more).toBe(true);
  const { head } = before;
  await database().syncState.update({ where: { userId: owner.id }, data: { head } });
  const answer = await owner.send("GET", `/api/sync?${new URLSearchParams({ cursor })}`);
  expect([answer.status, problemIn(answer).code]).toEqual([410, "resync_required"]);
});

it("an answer that names a stored change has its row, though it was stored meanwhile", async () => {
  const [owner, device, id] = [await taskOwner(), crypto.randomUUID(), crypto.randomUUID()];
  betweenReads(() => create(owner, device, id));
  const { rows, results = [] } = await readFeed(owner, { device, from: "1" });
  const { rows: after } = await readFeed(owner, { device, from: "1" });
  expect(after.map((row) => row.id)).toEqual([id]);
  expect(rows.length).toBeGreaterThanOrEqual(results.length);
});

async function create(owner: TaskOwner, device: string, id: string) {
  const change = { op: "create", kind: "task", id, set: { title: "Meanwhile" } };
  const changes = [{ n: 1, changeId: crypto.randomUUID(), ...change }];
  const body = { device, cursor: null, confirmed: 0, changes };
  expect(feedIn(await owner.send("POST", "/api/sync", { body })).last).toBe(1);
}

/** Does something once, after the first of the two statements that read a page with its results. */
function betweenReads(write: () => Promise<void>): void {
  const original = database();
  restoreDatabase = () => shareDatabase(original);
  let isDone = false;
  async function once<Result>(result: Result): Promise<Result> {
    if (!isDone) {
      isDone = true;
      await write();
    }
    return result;
  }
  const between = original.$extends({
    query: {
      syncDevice: { findFirst: async ({ args, query }) => once(await query(args)) },
      $queryRaw: async ({ args, query }) => {
        const rows = await query(args);
        return JSON.stringify(args).includes("syncState") ? once(rows) : rows;
      },
    },
  });
  shareDatabase(between);
}
