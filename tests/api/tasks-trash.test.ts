import { expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn, taskIn } from "@/tests/support/bodies";
import { asOtherProgram } from "@/tests/support/other-program";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

const dayMilliseconds = 86_400_000;

it("a deleted task is gone from reads, lists, counts and searches", async () => {
  const owner = await taskOwner();
  const kept = await owner.make();
  const deleted = await owner.make({ title: "Findable" });
  const answer = await owner.send("DELETE", `/api/tasks/${deleted.id}`);
  expect(answer).toMatchObject({ status: 204, body: null });
  expect((await owner.send("GET", `/api/tasks/${deleted.id}`)).status).toBe(404);
  expect((await owner.send("DELETE", `/api/tasks/${deleted.id}`)).status).toBe(404);
  expect(await owner.page()).toMatchObject({ data: [kept], count: 1 });
  expect(await owner.page({ q: "Findable" })).toMatchObject({ data: [], count: 0 });
});

it("a restored task is as it was but for version and updatedAt", async () => {
  const owner = await taskOwner();
  const made = await owner.make({ description: "d", completed: true, dueDate: "2026-02-03" });
  await owner.send("DELETE", `/api/tasks/${made.id}`);
  const restored = await owner.send("POST", `/api/tasks/${made.id}/restore`);
  expect(restored.status).toBe(200);
  expect(restored.body).toEqual({ ...made, version: 3, updatedAt: taskIn(restored).updatedAt });
  expect(restored.headers.get("etag")).toBe('"3"');
  expect(await owner.listAll()).toEqual([restored.body]);
});

it("what is not in the trash cannot be restored: 404 in the same words", async () => {
  const [owner, other] = await Promise.all([taskOwner(), taskOwner()]);
  const live = await owner.make();
  const foreign = await other.make();
  await other.send("DELETE", `/api/tasks/${foreign.id}`);
  const expired = await owner.make();
  await expire(owner, expired.id);
  for (const id of [live.id, foreign.id, expired.id, crypto.randomUUID(), "nonsense"]) {
    const refused = await owner.send("POST", `/api/tasks/${id}/restore`);
    expect(refused.status).toBe(404);
    expect(problemIn(refused).detail).toBe("There is no such task.");
  }
  expect(await owner.listAll()).toEqual([live]);
  expect((await other.send("POST", `/api/tasks/${foreign.id}/restore`)).status).toBe(200);
});

it("an id in the trash cannot be made again, even with the same body", async () => {
  const owner = await taskOwner();
  const body = { id: crypto.randomUUID(), title: "Tea" };
  await owner.make(body);
  await owner.send("DELETE", `/api/tasks/${body.id}`);
  const refused = await owner.send("POST", "/api/tasks", { body });
  expect(refused.status).toBe(409);
  expect(problemIn(refused).code).toBe("conflict");
  expect(await owner.listAll()).toEqual([]);
});

it("after its days in the trash a task is gone for good and its id is free", async () => {
  const owner = await taskOwner();
  const body = { id: crypto.randomUUID(), title: "Tea" };
  await owner.make(body);
  await expire(owner, body.id);
  const made = await owner.send("POST", "/api/tasks", { body: { ...body, title: "Coffee" } });
  expect(made.status).toBe(201);
  expect(await owner.listAll()).toEqual([made.body]);
});

it("deleting removes what has lain in the user's own trash for too long", async () => {
  const [owner, other] = await Promise.all([taskOwner(), taskOwner()]);
  const expired = await owner.make();
  const fresh = await owner.make();
  const foreign = await other.make();
  await expire(owner, expired.id);
  await expire(other, foreign.id);
  await owner.send("DELETE", `/api/tasks/${fresh.id}`);
  const rows = await database().task.findMany({ where: { userId: { in: [owner.id, other.id] } } });
  expect(rows.map((row) => row.id).sort()).toEqual([fresh.id, foreign.id].sort());
});

it("a task can still be restored on its last day in the trash", async () => {
  const owner = await taskOwner();
  const { id } = await owner.make();
  await owner.send("DELETE", `/api/tasks/${id}`);
  await moveDeletion(owner, id, 30 * dayMilliseconds - 60_000);
  expect((await owner.send("POST", `/api/tasks/${id}/restore`)).status).toBe(200);
});

it.each(["DELETE", "restore"])("nobody may %s without a token", async (what) => {
  const owner = await taskOwner();
  const made = await owner.make();
  const [method, rest] = what === "DELETE" ? ["DELETE", ""] : ["POST", "/restore"];
  expect((await call(method, `/api/tasks/${made.id}${rest}`)).status).toBe(401);
  expect(await owner.listAll()).toEqual([made]);
});

async function expire(owner: TaskOwner, id: string) {
  await owner.send("DELETE", `/api/tasks/${id}`);
  await moveDeletion(owner, id, 30 * dayMilliseconds + 60_000);
}

async function moveDeletion(owner: TaskOwner, id: string, agoMilliseconds: number) {
  await asOtherProgram((tx) =>
    tx.task.update({
      where: { userId_id: { userId: owner.id, id } },
      data: { deletedAt: new Date(Date.now() - agoMilliseconds) },
    }),
  );
}
