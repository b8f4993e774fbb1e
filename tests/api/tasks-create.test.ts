import { expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn, taskIn } from "@/tests/support/bodies";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";
import { wrongMembers } from "@/tests/support/wrong-members";

const uuidOfVersion7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it("a title is enough for a task", async () => {
  const owner = await taskOwner();
  const before = new Date().toISOString();
  const made = await owner.send("POST", "/api/tasks", { body: { title: "  Buy tea \n" } });
  const { id, createdAt } = taskIn(made);
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    id: expect.stringMatching(uuidOfVersion7),
    userId: owner.id,
    title: "Buy tea",
    description: null,
    completed: false,
    completedAt: null,
    priority: "none",
    dueDate: null,
    version: 1,
    createdAt,
    updatedAt: createdAt,
  });
  expect(createdAt >= before && createdAt <= new Date().toISOString()).toBe(true);
  expect(made.headers.get("location")).toBe(`/api/tasks/${id}`);
  expect(made.headers.get("etag")).toBe('"1"');
  expect(made.headers.get("cache-control")).toBe("no-store");
});

it("every writable member is kept, and the id is answered in lower case", async () => {
  const owner = await taskOwner();
  const id = crypto.randomUUID();
  const body = {
    title: "Pay rent",
    description: "  by *standing order*\n",
    completed: true,
    priority: "high",
    dueDate: "2024-02-29",
  };
  const made = await owner.send("POST", "/api/tasks", { body: { id: id.toUpperCase(), ...body } });
  const { createdAt } = taskIn(made);
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    ...body,
    id,
    userId: owner.id,
    completedAt: createdAt,
    version: 1,
    createdAt,
    updatedAt: createdAt,
  });
  const read = await owner.send("GET", `/api/tasks/${id.toUpperCase()}`);
  expect(read.body).toEqual(made.body);
});

it.each(["0001-01-01", "0099-12-31", "0999-06-15", "1900-02-28", "2000-02-29", "9999-12-31"])(
  "the due date %s comes back as it is",
  async (dueDate) => {
    const owner = await taskOwner();
    const made = await owner.make({ dueDate });
    expect(made.dueDate).toBe(dueDate);
    expect(taskIn(await owner.send("GET", `/api/tasks/${made.id}`)).dueDate).toBe(dueDate);
    expect((await owner.listAll()).map((task) => task.dueDate)).toEqual([dueDate]);
  },
);

it("the longest texts are accepted, counted in code points", async () => {
  const owner = await taskOwner();
  const title = "😀".repeat(255);
  const description = "𝒳".repeat(2_000);
  const made = await owner.make({ title: `\u2028${title} `, description });
  expect(made).toMatchObject({ title, description });
});

it.each(wrongMembers)("%s is refused and nothing is stored", async (_what, members, pointers) => {
  const owner = await taskOwner();
  const refused = await owner.send("POST", "/api/tasks", { body: { title: "Tea", ...members } });
  await expectInvalid(owner, refused, pointers);
});

it.each([
  ["no title", "{}", ["/title"]],
  ["an own __proto__", '{"title":"x","__proto__":{"userId":"y"}}', ["/__proto__"]],
  ["an id that is not a UUID", '{"title":"x","id":"1"}', ["/id"]],
  ["an id that is null", '{"title":"x","id":null}', ["/id"]],
  ["a list", "[]", [""]],
  ["null", "null", [""]],
  ["a number", "1e400", [""]],
])("%s as the body is refused and nothing is stored", async (_what, raw, pointers) => {
  const owner = await taskOwner();
  await expectInvalid(owner, await owner.send("POST", "/api/tasks", { raw }), pointers);
});

it("a query where none is offered is refused", async () => {
  const owner = await taskOwner();
  const refused = await owner.send("POST", "/api/tasks?userId=x", { body: { title: "Tea" } });
  await expectInvalid(owner, refused, ["?userId"]);
});

it.each([
  ["malformed JSON", "{", {}, 400, "malformed_json"],
  ["no body", "", {}, 400, "malformed_json"],
  ["a name twice", '{"title":"a","title":"b"}', {}, 400, "malformed_json"],
  [
    "another media type",
    "title=a",
    { "Content-Type": "text/plain" },
    415,
    "unsupported_media_type",
  ],
  ["a body that is too large", `{"title":"${"x".repeat(65_536)}"}`, {}, 413, "payload_too_large"],
])("%s is refused and nothing is stored", async (_what, raw, headers, status, code) => {
  const owner = await taskOwner();
  const refused = await owner.send("POST", "/api/tasks", { raw, headers });
  expect(refused.status).toBe(status);
  expect(problemIn(refused).code).toBe(code);
  expect(await owner.listAll()).toEqual([]);
});

it("nobody creates without a token, and nothing is stored", async () => {
  const tasksBefore = await database().task.count();
  const refused = await call("POST", "/api/tasks", { body: { title: "Tea" } });
  expect(refused.status).toBe(401);
  expect(problemIn(refused).code).toBe("unauthenticated");
  expect(await database().task.count()).toBe(tasksBefore);
});

it("the same id with the body that made it answers with the task as it stands", async () => {
  const owner = await taskOwner();
  const body = { id: crypto.randomUUID(), title: "Tea", priority: "low" };
  const made = await owner.send("POST", "/api/tasks", { body });
  const repeated = await owner.send("POST", "/api/tasks", {
    raw: `{ "priority": "low", "title": "Tea", "id": "${body.id.toUpperCase()}" }`,
  });
  expect([made.status, repeated.status]).toEqual([201, 200]);
  expect(repeated.body).toEqual(made.body);

  const changed = await owner.send("PATCH", `/api/tasks/${body.id}`, { body: { title: "Coffee" } });
  const again = await owner.send("POST", "/api/tasks", { body });
  expect(again.status).toBe(200);
  expect(again.body).toEqual(changed.body);
  expect(again.headers.get("etag")).toBe('"2"');
  expect(await owner.listAll()).toHaveLength(1);
});

it("the same id with another body is a conflict and changes nothing", async () => {
  const owner = await taskOwner();
  const made = await owner.make({ id: crypto.randomUUID() });
  const refused = await owner.send("POST", "/api/tasks", { body: { id: made.id, title: "Other" } });
  expect(refused.status).toBe(409);
  expect(problemIn(refused).code).toBe("conflict");
  expect(await owner.listAll()).toEqual([made]);
});

it("two users may choose the same id", async () => {
  const [one, other] = await Promise.all([taskOwner(), taskOwner()]);
  const id = crypto.randomUUID();
  await one.make({ id, title: "Mine" });
  await other.make({ id, title: "Yours" });
  expect((await one.listAll()).map((task) => task.title)).toEqual(["Mine"]);
  expect((await other.listAll()).map((task) => task.title)).toEqual(["Yours"]);
});

async function expectInvalid(
  owner: TaskOwner,
  refused: Awaited<ReturnType<typeof call>>,
  pointers: string[],
) {
  const problem = problemIn(refused);
  expect(refused.status).toBe(400);
  expect(problem.code).toBe("invalid_input");
  expect(problem.errors?.map((error) => error.pointer).sort()).toEqual([...pointers].sort());
  expect(await owner.listAll()).toEqual([]);
}
