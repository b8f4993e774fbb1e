import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { asOtherProgram } from "@/tests/support/other-program";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

describe("a program that takes no numbers, such as an older version of the app", () => {
  it("writes rows that get one number when its transaction ends, and are counted", async () => {
    const owner = await taskOwner();
    const { id } = await owner.make();
    const before = await stateOf(owner);
    await asOtherProgram(async (tx) => {
      await tx.task.update({
        where: { userId_id: { userId: owner.id, id } },
        data: { completed: true },
      });
      await tx.task.createMany({
        data: ["One", "Two"].map((title) => ({ userId: owner.id, id: crypto.randomUUID(), title })),
      });
    });
    expect(await stateOf(owner)).toMatchObject({
      head: before.head + 1n,
      liveTasks: 3,
      openTasks: 2,
    });
    expect(await numbersOf(owner)).toEqual(Array(3).fill(before.head + 1n));
  });

  it("raises the floor by what it deletes for good, and takes it off the counts", async () => {
    const owner = await taskOwner();
    const { id } = await owner.make();
    const { head } = await stateOf(owner);
    await database().task.delete({ where: { userId_id: { userId: owner.id, id } } });
    expect(await stateOf(owner)).toMatchObject({ floor: head, liveTasks: 0, openTasks: 0 });
  });
});

function stateOf({ id: userId }: TaskOwner) {
  return database().syncState.findUniqueOrThrow({ where: { userId } });
}

async function numbersOf({ id: userId }: TaskOwner): Promise<bigint[]> {
  const rows = await database().task.findMany({ where: { userId }, orderBy: { seq: "asc" } });
  return rows.map(({ seq }) => seq);
}

it("a list has another ETag once another program has written, or deleted for good", async () => {
  const owner = await taskOwner();
  const { id } = await owner.make();
  const where = { userId_id: { userId: owner.id, id } };
  for (const write of [
    () => asOtherProgram((tx) => tx.task.update({ where, data: { title: "Theirs" } })),
    () => asOtherProgram((tx) => tx.task.delete({ where })),
  ]) {
    const list = await owner.send("GET", "/api/tasks");
    const headers = { "If-None-Match": list.headers.get("etag") ?? "" };
    expect((await owner.send("GET", "/api/tasks", { headers })).status).toBe(304);
    await write();
    expect((await owner.send("GET", "/api/tasks", { headers })).status).toBe(200);
  }
});
