import { describe, expect, it, vi } from "vitest";
import { problemIn, taskIn } from "@/tests/support/bodies";
import { batchIn, readFeed } from "@/tests/support/sync";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

vi.hoisted(() => vi.stubEnv("RATE_LIMIT_PER_MINUTE", "1000"));

type Sent = Record<string, unknown>;

function create(members: Sent = {}): Sent & { id: string } {
  return { op: "create", kind: "task", id: crypto.randomUUID(), set: { title: "New", ...members } };
}

function on(id: string, op: string, members: Sent = {}): Sent {
  return { op, kind: "task", id, ...members };
}

function send(owner: TaskOwner, changes: Sent[], members: Sent = {}, headers = {}) {
  return owner.send("POST", "/api/batch", { body: { changes, ...members }, headers });
}

async function resultsOf(owner: TaskOwner, changes: Sent[], members: Sent = {}) {
  return batchIn(await send(owner, changes, members)).results;
}

describe("POST /api/batch", () => {
  it("applies changes in order, of which a later one may name what an earlier one made", async () => {
    const owner = await taskOwner();
    const made = create({ priority: "high" });
    const results = await resultsOf(owner, [
      made,
      on(made.id, "update", { set: { title: "Changed", dueDate: "2026-12-04" } }),
      on(made.id, "complete"),
      on(made.id, "reopen"),
      on(made.id, "delete"),
      on(made.id, "restore"),
    ]);
    expect(results.map(({ status }) => status)).toEqual(Array(6).fill("stored"));
    const versions = results.map((result) => "resource" in result && result.resource.version);
    expect(versions).toEqual([1, 2, 3, 4, 5, 6]);
    expect(results[4]).toMatchObject({ resource: { deletedAt: expect.any(String) } });
    const task = taskIn(await owner.send("GET", `/api/tasks/${made.id}`));
    expect(results[5]).toEqual({
      status: "stored",
      resource: { ...task, kind: "task", deletedAt: null },
    });
  });

  it("answers each refused change with the problem of its endpoint, and stores the others", async () => {
    const owner = await taskOwner();
    const { id } = await owner.make();
    const [missing, foreign] = [crypto.randomUUID(), (await (await taskOwner()).make()).id];
    const results = await resultsOf(owner, [
      create({ title: " " }),
      on(missing, "update", { set: { title: "x" } }),
      on(foreign, "delete"),
      on(id, "restore"),
      on(id, "update", { set: {} }),
      on(id, "skip"),
      on(id, "delete", { set: { title: "x" } }),
      { ...create(), id },
      create(),
    ]);
    expect(
      results.map((result) => ("problem" in result ? result.problem.code : result.status)),
    ).toEqual([
      "invalid_input",
      "not_found",
      "not_found",
      "not_found",
      "invalid_input",
      "conflict",
      "invalid_input",
      "conflict",
      "stored",
    ]);
    expect(results[0]).toMatchObject({ problem: { errors: [{ pointer: "/title" }] } });
    const endpoint = await owner.send("GET", `/api/tasks/${missing}`);
    expect(results[1]).toMatchObject({
      problem: { ...problemIn(endpoint), requestId: expect.any(String) },
    });
    expect((await owner.listAll()).length).toBe(2);
  });

  it("finds a conflict where a stored value is neither the base nor the new one", async () => {
    const owner = await taskOwner();
    const task = await owner.make({ title: "Stored", priority: "low" });
    const results = await resultsOf(owner, [
      on(task.id, "update", { set: { title: "Mine" }, base: { title: "Old" } }),
      on(task.id, "complete", { base: { priority: "high" } }),
      on(task.id, "delete", { base: { title: "Old" } }),
      on(task.id, "update", { set: { title: "Mine" }, version: 7 }),
      on(task.id, "update", { set: { title: "Stored" }, base: { title: "Old" } }),
      on(task.id, "update", {
        set: { title: "Mine", priority: "high" },
        base: { title: "Stored" },
      }),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      "conflict",
      "conflict",
      "conflict",
      "conflict",
      "stored",
      "stored",
    ]);
    expect(results[0]).toEqual({
      status: "conflict",
      current: { ...task, kind: "task", deletedAt: null },
    });
    const [stored] = await owner.listAll();
    expect(stored).toMatchObject({ title: "Mine", priority: "high", completed: false, version: 3 });
  });

  it("refuses a base that names nothing of the change", async () => {
    const owner = await taskOwner();
    const { id } = await owner.make();
    const [result] = await resultsOf(owner, [
      on(id, "update", { set: { title: "x" }, base: { priority: "none" } }),
    ]);
    expect(result).toMatchObject({
      status: "refused",
      problem: { code: "invalid_input", errors: [{ pointer: "/base/priority" }] },
    });
  });

  it("stores all of an atomic batch or none", async () => {
    const owner = await taskOwner();
    const { id } = await owner.make();
    const before = await readFeed(owner);
    const changes = [create(), on(crypto.randomUUID(), "delete"), on(id, "complete")];
    const results = await resultsOf(owner, changes, { atomic: true });
    expect(
      results.map((result) => ("problem" in result ? result.problem.code : result.status)),
    ).toEqual(["failed_dependency", "not_found", "failed_dependency"]);
    expect(await readFeed(owner)).toEqual(before);
    const stored = await resultsOf(owner, [create(), on(id, "complete")], { atomic: true });
    expect(stored.map(({ status }) => status)).toEqual(["stored", "stored"]);
  });

  it("gives a cursor behind its own rows", async () => {
    const owner = await taskOwner();
    const { cursor } = batchIn(await send(owner, [create(), create()]));
    expect((await readFeed(owner, { cursor })).rows).toEqual([]);
    const later = await owner.make();
    expect((await readFeed(owner, { cursor })).rows.map(({ id }) => id)).toEqual([later.id]);
  });

  it("is applied once for a key, and answered again", async () => {
    const owner = await taskOwner();
    const [key, changes] = [crypto.randomUUID(), [create(), create()]];
    const first = await send(owner, changes, {}, { "Idempotency-Key": key });
    const again = await send(owner, changes, {}, { "Idempotency-Key": key });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(first.headers.get("idempotency-replayed")).toBeNull();
    const other = await send(owner, [create()], {}, { "Idempotency-Key": key });
    expect(other.status).toBe(422);
    const elsewhere = await owner.send("POST", "/api/tasks", {
      body: { title: "x" },
      headers: { "Idempotency-Key": key },
    });
    expect(elsewhere.status).toBe(422);
    expect((await owner.listAll()).length).toBe(2);
  });

  it.each<[string, Sent]>([
    ["no changes", { changes: [] }],
    ["101 changes", { changes: Array.from({ length: 101 }, () => create()) }],
    ["an unknown op", { changes: [on(crypto.randomUUID(), "erase")] }],
    ["an unknown kind", { changes: [{ ...create(), kind: "note" }] }],
    ["an unknown member", { changes: [{ ...create(), colour: "red" }] }],
    ["an unknown member of set", { changes: [create({ colour: "red" })] }],
    ["an unknown member of the batch", { changes: [create()], dryRun: true }],
    ["an id that is not a UUID", { changes: [{ ...create(), id: "1" }] }],
  ])("refuses %s as a whole, and stores nothing", async (_what, body) => {
    const owner = await taskOwner();
    const answer = await owner.send("POST", "/api/batch", { body });
    expect(answer.status).toBe(400);
    expect(problemIn(answer).code).toBe("invalid_input");
    expect(await owner.listAll()).toEqual([]);
  });

  it("counts as many requests as it has changes", async () => {
    const owner = await taskOwner();
    const answer = await send(
      owner,
      Array.from({ length: 7 }, () => create()),
    );
    expect(answer.headers.get("ratelimit")).toMatch(/;r=993;/);
  });

  it("takes 100 changes of the longest descriptions in one body", async () => {
    const owner = await taskOwner();
    const changes = Array.from({ length: 100 }, () => create({ description: "x".repeat(2_000) }));
    const results = await resultsOf(owner, changes);
    expect(results.every(({ status }) => status === "stored")).toBe(true);
  });

  it("takes a body of 4 MiB, and refuses a longer one unread", async () => {
    const owner = await taskOwner();
    const bodyOf = (bytes: number) => {
      const body = JSON.stringify({ changes: [create()] });
      return body.replace("{", `{${" ".repeat(bytes - body.length)}`);
    };
    const type = { "Content-Type": "application/json" };
    for (const [bytes, status] of [
      [4_194_304, 200],
      [4_194_305, 413],
    ] as const) {
      const answer = await owner.send("POST", "/api/batch", {
        raw: bodyOf(bytes),
        headers: type,
      });
      expect(answer.status).toBe(status);
    }
  });
});
