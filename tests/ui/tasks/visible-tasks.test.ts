import { describe, expect, it } from "vitest";
import { defaultView } from "@/app/tasks/_view/task-view";
import type { Entry } from "@/app/tasks/_workspace/task-outbox";
import { visibleTasks } from "@/app/tasks/_workspace/visible-tasks";
import type { Task } from "@/lib/operations/tasks/schemas";
import { newTask } from "@/lib/tasks/fields";

describe("a new task on its way", () => {
  it("stands above a task that was made before it and stored at a later time", () => {
    const stored = taskMade("2026-11-20T10:00:00.500Z", "made first");
    const onItsWay = taskMade("2026-11-20T10:00:00.100Z", "made last");
    const page = { data: [stored], count: 1, nextCursor: null };
    const { tasks } = visibleTasks([page], [creation(onItsWay)], defaultView, new Set());
    expect(tasks.map(({ title }) => title)).toEqual(["made last", "made first"]);
  });
});

describe("a search", () => {
  it.each(["ΟΔΟΣ", "οδος", "οδοσ", "δος"])("shows what the server found for it: %s", (q) => {
    const found = taskMade("2026-11-20T10:00:00.000Z", "Η ΟΔΟΣ");
    const page = { data: [found], count: 1, nextCursor: null };
    const { tasks, count } = visibleTasks([page], [], { ...defaultView, q }, new Set());
    expect(tasks).toEqual([found]);
    expect(count).toBe(1);
  });
});

function creation(base: Task): Entry {
  const change = { kind: "create" as const, draft: { id: base.id, title: base.title }, key: "k" };
  return {
    sequence: 1,
    resourceId: base.id,
    change,
    base,
    state: "waiting",
    error: null,
    current: null,
  };
}

function taskMade(createdAt: string, title: string): Task {
  return newTask("ada", { id: crypto.randomUUID(), title }, new Date(createdAt));
}
