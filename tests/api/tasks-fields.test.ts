import { expect, it } from "vitest";
import { isTask } from "@/lib/client/task-api";
import { database } from "@/lib/db/client";
import { createTaskInput, task, updateTaskInput } from "@/lib/operations/tasks/schemas";
import { type Cast, type Field, fieldEntries, newTask, writableFields } from "@/lib/tasks/fields";
import { taskOwner } from "@/tests/support/task-owner";

/** The columns that no field of a task stands for. */
const ownColumns = ["deletedAt", "createdFrom", "seq"];

const typeNames: Record<Cast, string> = {
  uuid: "uuid",
  text: "text",
  boolean: "bool",
  int: "int4",
  '"Priority"': "Priority",
  date: "date",
  timestamptz: "timestamptz",
};

type Column = { name: string; type: string; isNullable: boolean };

it("the table of fields names the members of the schemas, in their order", () => {
  expect(fieldEntries.map(([name]) => name)).toEqual(Object.keys(task.shape));
  expect(writableFields).toEqual(Object.keys(updateTaskInput.shape));
  expect(["id", ...writableFields]).toEqual(Object.keys(createTaskInput.shape));
});

it("the table of fields agrees with the columns of the database", async () => {
  const columns = await database().$queryRaw<Column[]>`
    SELECT column_name AS "name", udt_name AS "type", is_nullable = 'YES' AS "isNullable"
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'task'`;
  const expected = [...fieldEntries.flatMap(columnsOf), ...ownColumns];
  expect(columns.map(({ name }) => name).sort()).toEqual(expected.sort());
  for (const [name, { cast, blank }] of fieldEntries) {
    expect(columns.find((column) => column.name === name)).toEqual({
      name,
      type: typeNames[cast],
      isNullable: blank === null,
    });
  }
});

it("a new task of the server is the one that the browser showed meanwhile", async () => {
  const owner = await taskOwner();
  const draft = { id: crypto.randomUUID(), title: "Pay rent", completed: true };
  const shown = newTask(owner.id, draft, new Date());
  const { completedAt, createdAt, updatedAt, ...made } = await owner.make(draft);
  expect({ ...made, completedAt, createdAt, updatedAt }).toEqual({
    ...shown,
    completedAt: createdAt,
    createdAt,
    updatedAt: createdAt,
  });
});

it("the browser takes a task only with every member in its type", async () => {
  const owner = await taskOwner();
  const made = await owner.make();
  expect(isTask(made)).toBe(true);
  expect(isTask({ ...made, later: "a member of a newer server" })).toBe(true);
  for (const [name] of fieldEntries) {
    const { [name]: _, ...incomplete } = made;
    expect(isTask(incomplete), `without ${name}`).toBe(false);
    expect(isTask({ ...made, [name]: {} }), `a wrong ${name}`).toBe(false);
  }
});

function columnsOf([name, { derived = {} }]: readonly [string, Field]): string[] {
  return [name, ...Object.keys(derived)];
}
