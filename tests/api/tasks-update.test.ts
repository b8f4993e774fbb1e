import fc from "fast-check";
import { expect, it } from "vitest";
import type { Task } from "@/lib/operations/tasks/schemas";
import { call } from "@/tests/support/api";
import { problemIn, taskIn } from "@/tests/support/bodies";
import { taskOwner } from "@/tests/support/task-owner";
import { wrongMembers } from "@/tests/support/wrong-members";

const whole = {
  title: "Tea",
  description: "green",
  completed: true,
  priority: "medium",
  dueDate: "2026-05-01",
};

it.each(["PUT", "PATCH"])("%s changes what is sent and leaves the rest", async (method) => {
  const owner = await taskOwner();
  const made = await owner.make(whole);
  const changed = await owner.send(method, `/api/tasks/${made.id}`, {
    body: { title: " Coffee ", dueDate: null },
  });
  const { updatedAt } = taskIn(changed);
  expect(changed.status).toBe(200);
  expect(changed.body).toEqual({ ...made, title: "Coffee", dueDate: null, version: 2, updatedAt });
  expect(updatedAt >= made.updatedAt).toBe(true);
  expect(changed.headers.get("etag")).toBe('"2"');
  expect((await owner.send("GET", `/api/tasks/${made.id}`)).body).toEqual(changed.body);
});

it("an update that sets equal values counts the version up", async () => {
  const owner = await taskOwner();
  const made = await owner.make(whole);
  const changed = taskIn(
    await owner.send("PATCH", `/api/tasks/${made.id}`, { body: { title: made.title } }),
  );
  expect(changed).toEqual({ ...made, version: 2, updatedAt: changed.updatedAt });
});

it("a merge patch is accepted by PATCH", async () => {
  const owner = await taskOwner();
  const made = await owner.make();
  const headers = { "Content-Type": "application/merge-patch+json" };
  const raw = '{"description":null,"priority":"low"}';
  const patched = await owner.send("PATCH", `/api/tasks/${made.id}`, { raw, headers });
  expect(taskIn(patched).priority).toBe("low");
  const put = await owner.send("PUT", `/api/tasks/${made.id}`, { raw, headers });
  expect(problemIn(put).code).toBe("unsupported_media_type");
});

it("a task's time of completion comes, stays and goes with completed", async () => {
  const owner = await taskOwner();
  const { id } = await owner.make();
  const update = async (body: object) =>
    taskIn(await owner.send("PATCH", `/api/tasks/${id}`, { body }));
  const done = await update({ completed: true });
  expect(done.completedAt).toBe(done.updatedAt);
  const doneAgain = await update({ completed: true, title: "Still done" });
  expect(doneAgain.completedAt).toBe(done.completedAt);
  expect((await update({ title: "Still" })).completedAt).toBe(done.completedAt);
  expect(await update({ completed: false })).toMatchObject({ completed: false, completedAt: null });
});

it.each([
  ...wrongMembers,
  ["an id", { id: crypto.randomUUID() }, ["/id"]],
] satisfies typeof wrongMembers)(
  "%s is refused and changes nothing",
  async (_what, members, pointers) => {
    const owner = await taskOwner();
    const made = await owner.make(whole);
    const refused = await owner.send("PATCH", `/api/tasks/${made.id}`, {
      body: { description: "changed", ...members },
    });
    const problem = problemIn(refused);
    expect(refused.status).toBe(400);
    expect(problem.errors?.map((error) => error.pointer).sort()).toEqual([...pointers].sort());
    expect(await owner.listAll()).toEqual([made]);
  },
);

it.each([
  ["no member", "{}", [""]],
  ["an unknown member only", '{"role":"admin"}', ["/role"]],
  ["an own __proto__", '{"__proto__":{"title":"x"}}', ["/__proto__"]],
  ["null", "null", [""]],
])("%s as the body is refused and changes nothing", async (_what, raw, pointers) => {
  const owner = await taskOwner();
  const made = await owner.make(whole);
  const refused = await owner.send("PUT", `/api/tasks/${made.id}`, { raw });
  expect(refused.status).toBe(400);
  expect(problemIn(refused).errors?.map((error) => error.pointer)).toEqual(pointers);
  expect(await owner.listAll()).toEqual([made]);
});

it.each([
  ["the version it has", '"1"'],
  ["a list with the version it has", 'W/"1", "7","1"'],
  ["any version", "*"],
])("If-Match with %s lets the update through", async (_what, header) => {
  const owner = await taskOwner();
  const { id } = await owner.make();
  const changed = await owner.send("PATCH", `/api/tasks/${id}`, {
    body: { title: "Changed" },
    headers: { "If-Match": header },
  });
  expect(changed.status).toBe(200);
});

it.each([
  ...['"2"', 'W/"1"', "1", '"01"', '""', '"1 "', '"99999999999999999999"', "", '"abc", "3"'],
  ...['w/"1"', 'W/ "1"', 'x"1"', '"1"x', '"a""1"', '"1";x'],
])("If-Match with %s is 412 with the task as it stands", async (header) => {
  const owner = await taskOwner();
  const made = await owner.make(whole);
  const path = `/api/tasks/${made.id}`;
  const headers = { "If-Match": header };
  for (const [method, at] of [
    ["PATCH", path],
    ["PUT", path],
    ["DELETE", path],
    ["PATCH", `${path}/complete`],
  ] as const) {
    const body = at === path && method !== "DELETE" ? { title: "Lost" } : undefined;
    const refused = await owner.send(method, at, { headers, ...(body && { body }) });
    expect(refused.status).toBe(412);
    expect(problemIn(refused)).toMatchObject({ code: "precondition_failed", current: made });
  }
  expect(await owner.listAll()).toEqual([made]);
});

it("a missing, foreign or deleted task is 404 before it is 412", async () => {
  const [owner, other] = await Promise.all([taskOwner(), taskOwner()]);
  const foreign = await other.make();
  const deleted = await owner.make();
  await owner.send("DELETE", `/api/tasks/${deleted.id}`);
  for (const id of [foreign.id, deleted.id, crypto.randomUUID(), "nonsense"]) {
    const refused = await owner.send("PATCH", `/api/tasks/${id}`, {
      body: { title: "Mine now" },
      headers: { "If-Match": '"9"' },
    });
    expect(refused.status).toBe(404);
  }
  expect(await other.listAll()).toEqual([foreign]);
});

it("nobody updates without a token", async () => {
  const owner = await taskOwner();
  const made = await owner.make();
  const refused = await call("PATCH", `/api/tasks/${made.id}`, { body: { title: "x" } });
  expect(refused.status).toBe(401);
  expect(await owner.listAll()).toEqual([made]);
});

it("updates merge, in whatever order and combination they come", async () => {
  const owner = await taskOwner();
  const members = {
    title: fc
      .string({ minLength: 1, maxLength: 20, unit: "grapheme-ascii" })
      .filter((text) => text.trim() !== ""),
    description: fc.option(fc.string({ maxLength: 50, unit: "grapheme" }).filter(isStorable)),
    completed: fc.boolean(),
    priority: fc.constantFrom("none", "low", "medium", "high"),
    dueDate: fc.option(fc.constantFrom("0001-01-01", "2026-02-28", "9999-12-31")),
  };
  const update = fc
    .record(members, { requiredKeys: [] })
    .filter((changes) => Object.keys(changes).length > 0);
  await fc.assert(
    fc.asyncProperty(fc.array(update, { minLength: 1, maxLength: 6 }), async (updates) => {
      let expected: Task = await owner.make();
      for (const changes of updates) {
        const path = `/api/tasks/${expected.id}`;
        const changed = taskIn(await owner.send("PATCH", path, { body: changes }));
        const { updatedAt, completedAt } = changed;
        const { title = expected.title } = changes;
        expected = {
          ...expected,
          ...changes,
          title: title.trim(),
          version: expected.version + 1,
          updatedAt,
          completedAt,
        };
        expect(changed).toEqual(expected);
        expect(completedAt !== null).toBe(expected.completed);
      }
    }),
    { numRuns: 40 },
  );
});

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}
