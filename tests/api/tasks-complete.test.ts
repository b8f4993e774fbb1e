import { expect, it } from "vitest";
import { call } from "@/tests/support/api";
import { problemIn, taskIn } from "@/tests/support/bodies";
import { taskOwner } from "@/tests/support/task-owner";

it("a completion without a body toggles the task", async () => {
  const owner = await taskOwner();
  const made = await owner.make({ description: "d" });
  const path = `/api/tasks/${made.id}/complete`;
  const done = await owner.send("PATCH", path);
  const { updatedAt } = taskIn(done);
  expect(done.status).toBe(200);
  expect(done.body).toEqual({
    ...made,
    completed: true,
    completedAt: updatedAt,
    version: 2,
    updatedAt,
  });
  expect(done.headers.get("etag")).toBe('"2"');
  const open = taskIn(await owner.send("PATCH", path, { body: {} }));
  expect(open).toEqual({ ...made, version: 3, updatedAt: open.updatedAt });
});

it("a completion with a body sets the state and keeps the first time of completion", async () => {
  const owner = await taskOwner();
  const { id } = await owner.make();
  const complete = async (completed: boolean) =>
    taskIn(await owner.send("PATCH", `/api/tasks/${id}/complete`, { body: { completed } }));
  const done = await complete(true);
  expect(await complete(true)).toMatchObject({
    completed: true,
    completedAt: done.completedAt,
    version: 3,
  });
  expect(await complete(false)).toMatchObject({ completed: false, completedAt: null, version: 4 });
  expect(await complete(false)).toMatchObject({ completed: false, completedAt: null, version: 5 });
});

it.each([
  ["null", "null", [""]],
  ["a list", "[]", [""]],
  ["completed as text", '{"completed":"true"}', ["/completed"]],
  ["completed as null", '{"completed":null}', ["/completed"]],
  ["another member", '{"completed":true,"title":"x"}', ["/title"]],
])("%s as the body is refused and changes nothing", async (_what, raw, pointers) => {
  const owner = await taskOwner();
  const made = await owner.make();
  const refused = await owner.send("PATCH", `/api/tasks/${made.id}/complete`, { raw });
  expect(refused.status).toBe(400);
  expect(problemIn(refused).errors?.map((error) => error.pointer)).toEqual(pointers);
  expect(await owner.listAll()).toEqual([made]);
});

it("nobody completes without a token", async () => {
  const owner = await taskOwner();
  const made = await owner.make();
  expect((await call("PATCH", `/api/tasks/${made.id}/complete`)).status).toBe(401);
  expect(await owner.listAll()).toEqual([made]);
});
