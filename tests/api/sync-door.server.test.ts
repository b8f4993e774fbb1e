import { expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { taskOwner } from "@/tests/support/task-owner";

it("numbers and counts stay exact while writers of one person change the same tasks at once", async () => {
  const owner = await taskOwner();
  const ids = (await Promise.all([1, 2, 3].map(() => owner.make()))).map(({ id }) => id);
  const writers = Array.from({ length: 12 }, async (_, writer) => {
    for (let round = 0; round < 20; round += 1) {
      const id = ids[(writer + round) % ids.length];
      const writes = [
        () => owner.send("PATCH", `/api/tasks/${id}/complete`),
        () => owner.send("DELETE", `/api/tasks/${id}`),
        () => owner.send("POST", `/api/tasks/${id}/restore`),
        () => owner.make(),
      ];
      await writes[(writer * 7 + round) % writes.length]?.();
    }
  });
  await Promise.all(writers);
  const rows = await database().task.findMany({ where: { userId: owner.id } });
  const live = rows.filter(({ deletedAt }) => deletedAt === null);
  const state = await database().syncState.findUniqueOrThrow({ where: { userId: owner.id } });
  expect(state).toMatchObject({
    liveTasks: live.length,
    openTasks: live.filter(({ completed }) => !completed).length,
  });
  const numbers = rows.map(({ seq }) => seq);
  expect(new Set(numbers).size).toBe(rows.length);
  expect(numbers).toContain(state.head);
  expect(numbers.every((number) => number <= state.head)).toBe(true);
  const writesOfRows = rows.reduce((sum, { version }) => sum + version, 0);
  expect(state.head).toBe(BigInt(1 + writesOfRows));
});
