import { expect, it } from "vitest";
import { problemIn, taskListIn } from "@/tests/support/bodies";
import { taskOwner } from "@/tests/support/task-owner";

async function twoOwners() {
  const [one, other] = await Promise.all([taskOwner(), taskOwner()]);
  return { one, other };
}

it("a user never sees another user's tasks, in no list, page, search or count", async () => {
  const { one, other } = await twoOwners();
  const mine = [await one.make({ title: "Shared word" }), await one.make({ title: "Shared word" })];
  for (let made = 0; made < 5; made += 1) {
    await other.make({ title: "Shared word secret", priority: "high", dueDate: "2026-01-01" });
  }
  for (const query of [{}, { q: "Shared" }, { sort: "title", limit: "1" }, { status: "open" }]) {
    const seen = await one.listAll(query);
    expect(seen.map((task) => task.id).sort()).toEqual(mine.map((task) => task.id).sort());
    expect((await one.page(query)).count).toBe(2);
  }
  for (const query of [{ q: "secret" }, { priority: "high" }, { dueAfter: "2026-01-01" }]) {
    expect(await one.page(query)).toEqual({ data: [], count: 0, nextCursor: null });
  }
});

it("no request changes another user's task", async () => {
  const { one, other } = await twoOwners();
  const theirs = await other.make({ title: "Theirs" });
  const deleted = await other.make({ title: "Deleted" });
  await other.send("DELETE", `/api/tasks/${deleted.id}`);
  const path = `/api/tasks/${theirs.id}`;
  const etags = [{}, { "If-Match": '"1"' }, { "If-Match": '"2"' }, { "If-Match": "*" }];
  for (const headers of etags) {
    const refused = [
      await one.send("PUT", path, { body: { title: "Mine" }, headers }),
      await one.send("PATCH", path, { body: { title: "Mine" }, headers }),
      await one.send("PATCH", `${path}/complete`, { headers }),
      await one.send("DELETE", path, { headers }),
      await one.send("POST", `${path}/restore`, { headers }),
      await one.send("POST", `/api/tasks/${deleted.id}/restore`, { headers }),
    ];
    expect(refused.map((answer) => answer.status)).toEqual(refused.map(() => 404));
    expect(new Set(refused.map((answer) => problemIn(answer).detail)).size).toBe(1);
  }
  expect(await other.listAll()).toEqual([theirs]);
  expect(await one.listAll()).toEqual([]);
});

it("neither an ETag nor a 304 tells of another user's tasks", async () => {
  const { one, other } = await twoOwners();
  const theirs = await other.make();
  const list = await other.send("GET", "/api/tasks");
  const headers = { "If-None-Match": `${list.headers.get("etag")}, "1"` };
  expect((await one.send("GET", `/api/tasks/${theirs.id}`, { headers })).status).toBe(404);
  const mine = await one.send("GET", "/api/tasks", { headers });
  expect(mine.status).toBe(200);
  expect(taskListIn(mine).count).toBe(0);
});

it("another user's cursor, id and key open nothing", async () => {
  const { one, other } = await twoOwners();
  const [theirs] = [
    await other.make({ id: crypto.randomUUID(), title: "Theirs" }),
    await other.make(),
  ];
  const { nextCursor } = await other.page({ limit: "1" });
  const refused = await one.send("GET", `/api/tasks?limit=1&cursor=${nextCursor}`);
  expect(problemIn(refused).code).toBe("invalid_cursor");

  const sent = { body: { id: theirs.id, title: "Mine" }, headers: { "Idempotency-Key": "k" } };
  await other.send("POST", "/api/tasks", { ...sent, body: { title: "Keyed" } });
  const made = await one.send("POST", "/api/tasks", sent);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ userId: one.id, title: "Mine" });
  expect((await other.listAll()).map((task) => task.title).sort()).toEqual([
    "A task",
    "Keyed",
    "Theirs",
  ]);
});
