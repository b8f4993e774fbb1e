import { expect, it } from "vitest";
import { createOnboardingTasks } from "@/lib/tasks/create-onboarding-tasks";
import { taskIn } from "@/tests/support/bodies";
import { taskOwner } from "@/tests/support/task-owner";

it("a new user finds tasks that show how things work, the first step on top", async () => {
  const [owner, other] = await Promise.all([taskOwner(), taskOwner()]);
  await createOnboardingTasks(owner.id);
  const tasks = await owner.listAll();
  expect(tasks).toHaveLength(5);
  expect(tasks[0]?.title).toBe("Tick the circle to complete this task");
  expect(tasks.at(-1)?.description).toContain("/docs");
  expect(await other.listAll()).toEqual([]);
});

it("an onboarding task is a task like any other", async () => {
  const owner = await taskOwner();
  await createOnboardingTasks(owner.id);
  const [task] = await owner.listAll();
  const done = await owner.send("PATCH", `/api/tasks/${task?.id}/complete`);
  expect(taskIn(done)).toMatchObject({ completed: true, version: 2, userId: owner.id });
});
