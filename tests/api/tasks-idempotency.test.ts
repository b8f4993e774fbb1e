import { expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { withIdempotencyKey } from "@/lib/sync/with-idempotency-key";
import { problemIn, taskIn } from "@/tests/support/bodies";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";
import { createUser } from "@/tests/support/users";

const hourMilliseconds = 3_600_000;

function create(owner: TaskOwner, key: string, body: object = { title: "Tea" }) {
  return owner.send("POST", "/api/tasks", { body, headers: { "Idempotency-Key": key } });
}

it("a repeated create gets the first answer again, even when the task has changed since", async () => {
  const owner = await taskOwner();
  const first = await create(owner, "a-key");
  const { id } = taskIn(first);
  await owner.send("PATCH", `/api/tasks/${id}`, { body: { title: "Coffee" } });
  await owner.send("DELETE", `/api/tasks/${id}`);
  const again = await create(owner, "a-key");
  expect(first.headers.get("idempotency-replayed")).toBeNull();
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(again.status).toBe(201);
  expect(again.headers.get("location")).toBe(`/api/tasks/${id}`);
  expect(again.headers.get("etag")).toBe('"1"');
  expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
  expect(await owner.listAll()).toEqual([]);
});

it.each([
  ['"quoted"', "quoted"],
  ['"with\\"quotes\\"and\\\\"', 'with"quotes"and\\'],
  ["x".repeat(255), `"${"x".repeat(255)}"`],
  ["!~'{}", '"!~\'{}"'],
])("%s and %s spell the same key", async (one, other) => {
  const owner = await taskOwner();
  const first = await create(owner, one);
  const again = await create(owner, other);
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(await owner.listAll()).toHaveLength(1);
});

it.each([
  "",
  '""',
  '"',
  '"open',
  "two words",
  '"two words"',
  "x".repeat(256),
  "é",
  "a, b",
  '"a\\b"',
])("the key %j is refused and nothing is stored", async (key) => {
  const owner = await taskOwner();
  const refused = await create(owner, key);
  expect(refused.status).toBe(400);
  expect(problemIn(refused)).toMatchObject({
    code: "invalid_input",
    errors: [{ pointer: "Idempotency-Key" }],
  });
  expect(await owner.listAll()).toEqual([]);
});

it("another body under the same key is refused and nothing is stored", async () => {
  const owner = await taskOwner();
  const first = await create(owner, "k");
  const refused = await create(owner, "k", { title: "Coffee" });
  expect(refused.status).toBe(422);
  expect(problemIn(refused).code).toBe("idempotency_key_reused");
  expect(await owner.listAll()).toEqual([first.body]);
});

it("a key belongs to its user", async () => {
  const [one, other] = await Promise.all([taskOwner(), taskOwner()]);
  await create(one, "shared", { title: "Mine" });
  const made = await create(other, "shared", { title: "Yours" });
  expect(made.status).toBe(201);
  expect(made.headers.get("idempotency-replayed")).toBeNull();
  expect((await one.listAll()).map((task) => task.title)).toEqual(["Mine"]);
});

it("a failed create stores nothing, and the key may be used again", async () => {
  const owner = await taskOwner();
  const standing = await owner.make({ id: crypto.randomUUID() });
  const clash = await create(owner, "k", { id: standing.id, title: "Other" });
  expect(clash.status).toBe(409);
  expect(await database().idempotencyKey.count({ where: { userId: owner.id } })).toBe(0);
  expect((await create(owner, "k")).status).toBe(201);
});

it("a repeated id under a new key answers with the task that stands", async () => {
  const owner = await taskOwner();
  const body = { id: crypto.randomUUID(), title: "Tea" };
  const first = await create(owner, "one", body);
  const second = await create(owner, "two", body);
  const replayed = await create(owner, "two", body);
  expect([first.status, second.status, replayed.status]).toEqual([201, 200, 200]);
  expect(replayed.headers.get("idempotency-replayed")).toBe("true");
  expect(await owner.listAll()).toEqual([first.body]);
});

it("an answer that an earlier version of the app stored is replayed", async () => {
  const owner = await taskOwner();
  const first = await create(owner, "k");
  const [{ requestHash = "" } = {}] = await database().idempotencyKey.findMany({
    where: { userId: owner.id },
  });
  const answer = JSON.stringify({ task: first.body, isNew: false });
  await database().idempotencyKey.create({
    data: { userId: owner.id, key: "older", requestHash, answer },
  });
  const replayed = await create(owner, "older");
  expect(replayed.status).toBe(200);
  expect(replayed.headers.get("idempotency-replayed")).toBe("true");
  expect(JSON.stringify(replayed.body)).toBe(JSON.stringify(first.body));
});

it("any answer is stored for a key, and the write is not repeated", async () => {
  const { id } = await createUser();
  let writes = 0;
  const write = async () => {
    writes += 1;
    return { results: [{ status: "stored", count: 2 }, null], cursor: "c" };
  };
  const first = await withIdempotencyKey(id, "k", "hash", write);
  const again = await withIdempotencyKey(id, "k", "hash", write);
  expect(first.isReplayed).toBe(false);
  expect(again).toEqual({ answer: first.answer, isReplayed: true });
  expect(writes).toBe(1);
});

it("a key is remembered for 24 hours and then forgotten", async () => {
  const owner = await taskOwner();
  const first = await create(owner, "old");
  await create(owner, "older");
  await moveCreation(owner, 24 * hourMilliseconds - 60_000);
  expect((await create(owner, "old")).body).toEqual(first.body);
  await moveCreation(owner, 24 * hourMilliseconds + 1_000);
  const again = await create(owner, "old", { title: "Something else" });
  expect(again.status).toBe(201);
  expect(again.headers.get("idempotency-replayed")).toBeNull();
  expect(await database().idempotencyKey.count({ where: { userId: owner.id } })).toBe(1);
});

async function moveCreation(owner: TaskOwner, agoMilliseconds: number) {
  await database().idempotencyKey.updateMany({
    where: { userId: owner.id },
    data: { createdAt: new Date(Date.now() - agoMilliseconds) },
  });
}
