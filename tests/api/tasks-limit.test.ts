import { expect, it, vi } from "vitest";
import { database, Prisma, shareDatabase } from "@/lib/db/client";
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

it("a create reads no task, however many there are", async () => {
  const owner = await taskOwner();
  const statements: Prisma.Sql[] = [];
  const plain = database();
  shareDatabase(
    plain.$extends({
      query: {
        $queryRaw: ({ args, query }) => {
          statements.push(args);
          return query(args);
        },
      },
    }),
  );
  await owner.make({ title: "One" });
  shareDatabase(plain);
  const creates = statements.filter(({ sql }) => sql.includes('INSERT INTO "task"'));
  expect(creates).toHaveLength(1);
  const [explained] = await plain.$queryRaw<Explained[]>(
    Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${creates[0]}`,
  );
  const read = (explained?.["QUERY PLAN"] ?? []).flatMap(({ Plan }) => tablesRead(Plan));
  expect(new Set(read)).toEqual(new Set(["syncState"]));
});

type Plan = { "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };
type Explained = { "QUERY PLAN": { Plan: Plan }[] };

/** The tables that a plan scans. */
function tablesRead(plan: Plan): string[] {
  const below = (plan.Plans ?? []).flatMap(tablesRead);
  const { "Node Type": node, "Relation Name": table } = plan;
  return table === undefined || !node.includes("Scan") ? below : [table, ...below];
}
