import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { Task } from "@/lib/operations/tasks/schemas";
import { orderOf, type Sort, sorts } from "@/lib/planning/order";
import { problemIn } from "@/tests/support/bodies";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

const ranks = ["none", "low", "medium", "high"];

let owner: TaskOwner;
let tasks: Task[];

beforeAll(async () => {
  owner = await taskOwner();
  // Few different values, so that most pages end within a tie.
  const titles = ["b", "B", "a", "Z", "ä", "Ä", "😀", "\uffff", "10", "9"];
  const dueDates = [null, "0001-01-01", "2026-03-01", "9999-12-31", null];
  for (let made = 0; made < 40; made += 1) {
    await owner.make({
      title: titles[made % titles.length],
      priority: ranks[made % ranks.length],
      dueDate: dueDates[made % dueDates.length],
      completed: made % 3 === 0,
    });
  }
  tasks = await owner.listAll();
  expect(tasks).toHaveLength(40);
});

it.each(sorts)("the pages of %s, of any size, are the sorted list cut in pieces", async (sort) => {
  const expected = [...tasks].sort(by(sort)).map((task) => task.id);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 45 }), async (limit) => {
      const pages = await owner.listAll({ sort, limit: String(limit) });
      expect(pages.map((task) => task.id)).toEqual(expected);
    }),
    { numRuns: 6, examples: [[1], [40]] },
  );
});

it("pages of a filtered list hold each match once, and every page counts them all", async () => {
  const matches = tasks.filter((task) => !task.completed && task.priority === "low");
  const query = { status: "open", priority: "low", sort: "title", limit: "2" };
  const found = await owner.listAll(query);
  expect(found.map((task) => task.id)).toEqual(
    [...matches].sort(by("title")).map((task) => task.id),
  );
  const { nextCursor } = await owner.page(query);
  expect(await owner.page({ ...query, cursor: nextCursor ?? "" })).toMatchObject({
    count: matches.length,
  });
});

it("tasks that stood unchanged are neither skipped nor repeated while others change", async () => {
  const reader = await taskOwner();
  const made: Task[] = [];
  for (let number = 0; number < 12; number += 1) {
    made.push(await reader.make({ title: String(number) }));
  }
  const [first, second, third, fourth] = made;
  const query = { sort: "createdAt", limit: "3" };
  const page = await reader.page(query);
  await reader.send("DELETE", `/api/tasks/${third?.id}`);
  await reader.send("DELETE", `/api/tasks/${fourth?.id}`);
  await reader.make({ title: "new" });
  const rest = await reader.page({ ...query, limit: "100", cursor: page.nextCursor ?? "" });
  const seen = [...page.data, ...rest.data].map((task) => task.title);
  expect(seen).toEqual(["0", "1", "2", ...made.slice(4).map((task) => task.title), "new"]);
  expect([first?.title, second?.title]).toEqual(["0", "1"]);
});

it("a cursor that is altered in any character is refused", async () => {
  const { nextCursor } = await owner.page({ limit: "1" });
  const cursor = nextCursor ?? "";
  const altered = [...cursor].map(
    (character, index) =>
      `${cursor.slice(0, index)}${character === "A" ? "B" : "A"}${cursor.slice(index + 1)}`,
  );
  const others = [
    "",
    "x",
    `${cursor}=`,
    `${cursor}A`,
    ` ${cursor}`,
    cursor.slice(1),
    "\u0000",
    "😀",
  ];
  for (const wrong of [...altered, ...others, cursor.slice(0, -1), `${cursor}\n`]) {
    const refused = await owner.send("GET", `/api/tasks?${new URLSearchParams({ cursor: wrong })}`);
    expect(refused.status, wrong).toBe(400);
    expect(problemIn(refused).code, wrong).toBe("invalid_cursor");
  }
});

it.each([
  { sort: "createdAt" },
  { sort: "title" },
  { status: "open" },
  { q: "a" },
  { priority: "low" },
  { dueBefore: "2026-01-01" },
  { dueAfter: "2026-01-01" },
])("a cursor is refused in the list of %o", async (query) => {
  const { nextCursor } = await owner.page({ limit: "1" });
  const search = new URLSearchParams({ ...query, cursor: nextCursor ?? "" });
  expect(problemIn(await owner.send("GET", `/api/tasks?${search}`)).code).toBe("invalid_cursor");
});

it("a cursor goes with another page size", async () => {
  const { nextCursor } = await owner.page({ limit: "1" });
  const page = await owner.page({ limit: "7", cursor: nextCursor ?? "" });
  expect(page.data).toEqual(tasks.slice(1, 8));
});

it("a cursor of another user is refused", async () => {
  const other = await taskOwner();
  await other.make();
  await other.make();
  const { nextCursor } = await owner.page({ limit: "1" });
  const refused = await other.send("GET", `/api/tasks?limit=1&cursor=${nextCursor}`);
  expect(problemIn(refused).code).toBe("invalid_cursor");
});

/** The order of the contract, told apart from the statement's: ties by id, null due dates last. */
function by(sort: Sort) {
  const sign = sort.startsWith("-") ? -1 : 1;
  return (one: Task, other: Task): number => {
    const [key, otherKey] = [sortKey(sort, one), sortKey(sort, other)];
    if (key === null || otherKey === null) {
      return Number(key === null) - Number(otherKey === null) || compare(one.id, other.id);
    }
    return sign * compare(key, otherKey) || compare(one.id, other.id);
  };
}

function sortKey(sort: Sort, task: Task): string | number | null {
  const { field } = orderOf(sort);
  if (field === "priority") {
    return ranks.indexOf(task.priority);
  }
  return field === "title" ? codePointKey(task.title.toLowerCase()) : task[field];
}

/** Code points in hexadecimal, because JavaScript compares strings by their UTF-16 units. */
function codePointKey(text: string): string {
  return [...text]
    .map((character) => character.codePointAt(0)?.toString(16).padStart(6, "0"))
    .join("");
}

function compare(one: string | number, other: string | number): number {
  return Number(one > other) - Number(one < other);
}
