import { describe, expect, it } from "vitest";
import { database, Prisma } from "@/lib/db/client";
import { asOtherProgram } from "@/tests/support/other-program";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

const dayMilliseconds = 86_400_000;

describe("a write", () => {
  it.each<[string, (owner: TaskOwner, id: string) => Promise<unknown>]>([
    ["a create", (owner) => owner.make()],
    [
      "a create with a key",
      (owner) =>
        owner.send("POST", "/api/tasks", {
          body: { title: "Keyed" },
          headers: { "Idempotency-Key": crypto.randomUUID() },
        }),
    ],
    [
      "an update",
      (owner, id) => owner.send("PATCH", `/api/tasks/${id}`, { body: { title: "New" } }),
    ],
    ["a completion", (owner, id) => owner.send("PATCH", `/api/tasks/${id}/complete`)],
    ["a deletion", (owner, id) => owner.send("DELETE", `/api/tasks/${id}`)],
  ])("takes the next number and gives it to its row: %s", async (_what, write) => {
    const owner = await taskOwner();
    const { id } = await owner.make();
    const before = await stateOf(owner);
    await write(owner, id);
    const after = await stateOf(owner);
    expect(after.head).toBe(before.head + 1n);
    expect(await numbersOf(owner)).toContain(after.head);
  });

  it("that meets no row takes no number", async () => {
    const owner = await taskOwner();
    const { id } = await owner.make();
    const before = await stateOf(owner);
    const stale = { body: { title: "New" }, headers: { "If-Match": '"7"' } };
    expect((await owner.send("PATCH", `/api/tasks/${id}`, stale)).status).toBe(412);
    expect((await owner.send("DELETE", `/api/tasks/${crypto.randomUUID()}`)).status).toBe(404);
    expect((await owner.send("POST", `/api/tasks/${id}/restore`)).status).toBe(404);
    expect(await stateOf(owner)).toEqual(before);
  });

  it("counts the tasks that there are, and those that are open", async () => {
    const owner = await taskOwner();
    const { id } = await owner.make();
    const { id: other } = await owner.make({ completed: true });
    expect(await stateOf(owner)).toMatchObject({ liveTasks: 2, openTasks: 1 });
    await owner.send("PATCH", `/api/tasks/${other}/complete`);
    expect(await stateOf(owner)).toMatchObject({ liveTasks: 2, openTasks: 2 });
    await owner.send("PATCH", `/api/tasks/${id}`, { body: { completed: true } });
    await owner.send("DELETE", `/api/tasks/${id}`);
    expect(await stateOf(owner)).toMatchObject({ liveTasks: 1, openTasks: 1 });
    await owner.send("POST", `/api/tasks/${id}/restore`);
    expect(await stateOf(owner)).toMatchObject({ liveTasks: 2, openTasks: 1 });
  });

  it("without a number is refused in the tests, whichever statement it is", async () => {
    const owner = await taskOwner();
    const { id } = await owner.make();
    const statements = [
      Prisma.sql`INSERT INTO "task" ("userId", "id", "title") VALUES (${owner.id}, gen_random_uuid(), 'x')`,
      Prisma.sql`UPDATE "task" SET "title" = 'x' WHERE "userId" = ${owner.id} AND "id" = ${id}::uuid`,
      Prisma.sql`UPDATE "task" SET "seq" = 1 WHERE "userId" = ${owner.id} AND "id" = ${id}::uuid`,
    ];
    for (const statement of statements) {
      await expect(database().$executeRaw(statement)).rejects.toThrow("takes no number");
    }
  });
});

it("the trash is purged with the floor raised, and no number taken", async () => {
  const owner = await taskOwner();
  const [old, { id }] = [await owner.make(), await owner.make()];
  await owner.send("DELETE", `/api/tasks/${old.id}`);
  await asOtherProgram((tx) =>
    tx.task.update({
      where: { userId_id: { userId: owner.id, id: old.id } },
      data: { deletedAt: new Date(Date.now() - 31 * dayMilliseconds) },
    }),
  );
  const before = await stateOf(owner);
  await owner.send("DELETE", `/api/tasks/${id}`);
  expect(await database().task.count({ where: { userId: owner.id } })).toBe(1);
  expect(await stateOf(owner)).toMatchObject({ head: before.head + 1n, floor: before.head });
});

function stateOf({ id: userId }: TaskOwner) {
  return database().syncState.findUniqueOrThrow({ where: { userId } });
}

async function numbersOf({ id: userId }: TaskOwner): Promise<bigint[]> {
  const rows = await database().task.findMany({ where: { userId }, orderBy: { seq: "asc" } });
  return rows.map(({ seq }) => seq);
}
