import { expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { hasRoom } from "@/lib/tasks/task-limit";
import { uuidVersion7 } from "@/lib/uuid-version-7";
import { problemIn } from "@/tests/support/bodies";
import { taskOwner } from "@/tests/support/task-owner";

vi.hoisted(() => vi.stubEnv("MAX_TASKS_PER_USER", "2"));

it("a user with the most tasks there may be gets a conflict that says so", async () => {
  const [owner, other] = await Promise.all([taskOwner(), taskOwner()]);
  const first = { id: crypto.randomUUID(), title: "One" };
  await owner.make(first);
  const second = await owner.make();
  const refused = await owner.send("POST", "/api/tasks", { body: { title: "Three" } });
  expect(refused.status).toBe(409);
  expect(problemIn(refused)).toMatchObject({
    code: "conflict",
    detail: "You have 2 tasks, the most there may be. Delete some first.",
  });
  expect((await owner.page()).count).toBe(2);
  expect((await owner.send("POST", "/api/tasks", { body: first })).status).toBe(200);
  await other.make();

  await owner.send("DELETE", `/api/tasks/${second.id}`);
  await owner.make();
  const full = await owner.send("POST", `/api/tasks/${second.id}/restore`);
  expect(full.status).toBe(409);
  expect((await owner.page()).count).toBe(2);
});

it("a create that is refused for the limit stores no answer for its key", async () => {
  const owner = await taskOwner();
  await owner.make();
  const { id } = await owner.make();
  const sent = { body: { title: "Later" }, headers: { "Idempotency-Key": "later" } };
  expect((await owner.send("POST", "/api/tasks", sent)).status).toBe(409);
  await owner.send("DELETE", `/api/tasks/${id}`);
  expect((await owner.send("POST", "/api/tasks", sent)).status).toBe(201);
});

it("a create reads no more tasks than there may be, however many there are", async () => {
  const { id: userId } = await taskOwner();
  const data = Array.from({ length: 500 }, () => ({ userId, id: uuidVersion7(), title: "One" }));
  await database().task.createMany({ data });
  const [explained] = await database().$queryRaw<Explained[]>`
    EXPLAIN (ANALYZE, FORMAT JSON) SELECT ${hasRoom(userId)} AS "hasRoom"`;
  const read = (explained?.["QUERY PLAN"] ?? []).flatMap(({ Plan }) => rowsRead(Plan));
  expect(read).toEqual([2]);
});

type Plan = { "Relation Name"?: string; "Actual Rows": number; Plans?: Plan[] };
type Explained = { "QUERY PLAN": { Plan: Plan }[] };

/** How many rows each scan of a table has read. */
function rowsRead(plan: Plan): number[] {
  const below = (plan.Plans ?? []).flatMap(rowsRead);
  return plan["Relation Name"] === undefined ? below : [plan["Actual Rows"], ...below];
}
