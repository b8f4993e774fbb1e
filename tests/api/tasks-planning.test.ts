import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { listTasksQuery } from "@/lib/operations/tasks/list-tasks-query";
import type { CreateTaskInput, Task } from "@/lib/operations/tasks/schemas";
import { matches, type TaskFilter } from "@/lib/planning/filter";
import { comparison, type Sort, sorts } from "@/lib/planning/order";
import { priorities } from "@/lib/planning/planned-task";
import { createTask } from "@/lib/tasks/create-task";
import { exportTasks } from "@/lib/tasks/export-tasks";
import { listTasks } from "@/lib/tasks/list-tasks";
import { updateTask } from "@/lib/tasks/update-task";
import { createUser } from "@/tests/support/users";

const seed = Number(process.env.TEST_SEED ?? Date.now());
const tasksCount = 120;
const queriesCount = 400;

const letters = [
  ..."ΣσςİIiıßẞéÉaAäÄzZ😀𝒳𐐀𐐨ǅﬁ %_\\'\"",
  ...["ΟΔΟΣ", "οδός", "οδοσ", "ss", "SS", "e\u0301", "\u0307", "\u0345", "\u200d", "\uffff"],
];
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 6 }),
  fc.string({ unit: "binary", maxLength: 4 }).filter(isLegal),
);
const date = fc.constantFrom("0001-01-01", "2026-02-28", "2026-03-01", "2026-03-02", "9999-12-31");

const task: fc.Arbitrary<CreateTaskInput> = fc.record(
  {
    title: text.filter((title) => title.trim() !== ""),
    description: fc.option(text),
    completed: fc.boolean(),
    priority: fc.constantFrom(...priorities),
    dueDate: fc.option(date),
  },
  { requiredKeys: ["title"] },
);

const query: fc.Arbitrary<TaskFilter & { sort: Sort }> = fc.record(
  {
    status: fc.constantFrom("all", "open", "completed"),
    q: fc.oneof(fc.constantFrom(...letters), text),
    priority: fc.constantFrom(...priorities),
    dueBefore: date,
    dueAfter: date,
    sort: fc.constantFrom(...sorts),
  },
  { requiredKeys: ["sort"] },
);

let userId: string;
let tasks: Task[];

beforeAll(async () => {
  userId = (await createUser()).id;
  vi.useFakeTimers({ toFake: ["Date"] });
  const made: Task[] = [];
  // Few different times, so that many tasks tie.
  for (const [index, input] of fc.sample(task, { seed, numRuns: tasksCount }).entries()) {
    vi.setSystemTime(Date.UTC(2026, 1, 1) + (index % 7));
    made.push((await createTask({ userId }, input)).resource);
  }
  for (const { id, priority } of made.slice(0, tasksCount / 3)) {
    vi.setSystemTime(Date.UTC(2026, 1, 2) + (id.charCodeAt(0) % 5));
    await updateTask({ userId }, id, { priority });
  }
  vi.useRealTimers();
  tasks = await allTasks();
  expect(tasks).toHaveLength(tasksCount);
}, 120_000);

afterAll(() => vi.useRealTimers());

it("SQL and the browser agree on every filter and order", async () => {
  await fc.assert(
    fc.asyncProperty(query, async (asked) => {
      const expected = tasks
        .filter((each) => matches(each, asked))
        .toSorted(comparison(asked.sort));
      const found = await listed(asked);
      expect(found.ids).toEqual(expected.map(({ id }) => id));
      expect(found.counts).toEqual(found.counts.map(() => expected.length));
    }),
    { seed, numRuns: queriesCount, examples: sorts.map((sort) => [{ sort }]) },
  );
}, 240_000);

/** All pages of a list. */
async function listed(asked: TaskFilter & { sort: Sort }) {
  const ids: string[] = [];
  const counts: number[] = [];
  let cursor: string | null = null;
  do {
    const page = await listTasks(
      { userId },
      listTasksQuery.parse({ ...asked, limit: "100", ...(cursor !== null && { cursor }) }),
    );
    ids.push(...page.data.map(({ id }) => id));
    counts.push(page.count);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { ids, counts };
}

/** Read without a filter and an order. */
async function allTasks(): Promise<Task[]> {
  const pages: Task[] = [];
  for await (const page of exportTasks(userId)) {
    pages.push(...page.map(({ deletedAt: _, ...each }) => ({ ...each, userId })));
  }
  return pages;
}

function isLegal(value: string): boolean {
  return value.isWellFormed() && !value.includes("\0");
}
