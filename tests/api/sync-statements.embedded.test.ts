import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { createOnboardingTasks } from "@/lib/tasks/create-onboarding-tasks";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

type Write = (owner: TaskOwner, id: string) => Promise<unknown>;

/** Every module that writes tasks, with what makes each of its statements run. */
const writers: Record<string, Record<string, Write>> = {
  "lib/tasks/create-task.ts": {
    create: (owner) => owner.make(),
  },
  "lib/tasks/create-onboarding-tasks.ts": {
    onboarding: ({ id }) => createOnboardingTasks(id),
  },
  "lib/tasks/change-task.ts": {
    update: (owner, id) => owner.send("PATCH", `/api/tasks/${id}`, { body: { title: "New" } }),
    complete: (owner, id) => owner.send("PATCH", `/api/tasks/${id}/complete`),
    delete: (owner, id) => owner.send("DELETE", `/api/tasks/${id}`),
    restore: (owner, id) => owner.send("POST", `/api/tasks/${id}/restore`),
  },
};

const writing = /(INSERT INTO|UPDATE) "task"|\.task\.(create|update|upsert)/;

it("every module that writes tasks is known here, and writes through the door", () => {
  const sources = ["app", "lib"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
    )
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.startsWith("lib/db/generated"))
    .filter((path) => writing.test(readFileSync(path, "utf8")));
  expect(sources.sort()).toEqual(Object.keys(writers).sort());
  for (const path of sources) {
    expect(readFileSync(path, "utf8"), path).toContain("await writeRows");
  }
});

it.each(
  Object.entries(writers).flatMap(([path, writes]) =>
    Object.entries(writes).map(([name, write]) => ({ path, name, write })),
  ),
)(
  "the trigger that demands a number meets the statement of $path: $name",
  async ({ name, write }) => {
    const owner = await taskOwner();
    const { id } = await owner.make();
    if (name === "restore") {
      await owner.send("DELETE", `/api/tasks/${id}`);
    }
    const before = await met();
    await write(owner, id);
    expect(await met()).toBeGreaterThan(before);
  },
);

/** How many rows the trigger has met in this session, of which the embedded database has one. */
async function met(): Promise<number> {
  const [row] = await database().$queryRaw<{ count: string }[]>`
    SELECT coalesce(nullif(current_setting('evo.writes_met', true), ''), '0') AS "count"`;
  return Number(row?.count);
}
