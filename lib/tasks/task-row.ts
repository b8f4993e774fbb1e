import "server-only";
import { Prisma } from "@/lib/db/client";
import type { Task } from "@/lib/operations/tasks/schemas";
import {
  type Cast,
  type Field,
  type FieldName,
  fieldEntries,
  fieldsOf,
  type TaskChanges,
  taskFields,
} from "@/lib/tasks/fields";

/** A task as the database gives it. */
export type TaskRow = Pick<Prisma.TaskGetPayload<object>, FieldName>;

const calendarDate = /^\d{4}-\d{2}-\d{2}$/;

export const taskTable = Prisma.sql`"task"`;

/** The columns of a `TaskRow`, for what follows SELECT and RETURNING. */
export const taskColumns = Prisma.join(fieldEntries.map(([name]) => column(name)));

/** The columns that `insertedValues` fills, in its order. */
export const insertedColumns = Prisma.join(
  fieldEntries.flatMap(([name, { derived = {} }]) => [name, ...Object.keys(derived)].map(column)),
);

/** The values of a new task's row, what derives from them included. */
export function insertedValues(task: Task): Prisma.Sql {
  return Prisma.join(
    fieldEntries.flatMap(([name]) => stored(name, task[name]).map(([, sql]) => sql)),
  );
}

/** What the rows of a write change in the person's counts: each row says by "live" and "open". */
export const taskCounts = Prisma.sql`
  "liveTasks" = "liveTasks" + (SELECT sum("live") FROM "written")::int,
  "openTasks" = "openTasks" + (SELECT sum("open") FROM "written")::int`;

/** What a new row counts for. */
export const newTaskCounts = Prisma.sql`1 AS "live", (NOT "completed")::int AS "open"`;

/** What stands after SET to make changes to a task: with `completed`, the time of the completion too. */
export function assignments(changes: TaskChanges, now: Date): Prisma.Sql[] {
  return fieldsOf(changes).flatMap((name) =>
    name === "completed"
      ? setCompleted(Prisma.sql`${changes.completed}::boolean`, now)
      : stored(name, changes[name]).map(([to, sql]) => Prisma.sql`${column(to)} = ${sql}`),
  );
}

/** The assignments that set whether a task is done. The time of a completion stays while it is done. */
export function setCompleted(completed: Prisma.Sql, now: Date): Prisma.Sql[] {
  return [
    Prisma.sql`"completed" = ${completed}`,
    Prisma.sql`"completedAt" = CASE WHEN ${completed} THEN coalesce("completedAt", ${now}) END`,
  ];
}

/**
 * The task of a row: its public members and nothing else.
 *
 * @throws RangeError when the row holds a time that no calendar shows
 */
export function toTask(row: TaskRow): Task {
  const members: Partial<Record<FieldName, unknown>> = {};
  for (const [name, { cast }] of fieldEntries) {
    members[name] = shown(row[name], cast);
  }
  return wholeTask(members);
}

/**
 * The same of a row whose values are as the database's JSON has them.
 *
 * @throws RangeError when the row holds a time that no calendar shows
 */
export function taskOfJson(columns: Record<string, unknown>): Task {
  const members: Partial<Record<FieldName, unknown>> = {};
  for (const [name, { cast }] of fieldEntries) {
    members[name] = ofJson(columns[name], cast);
  }
  return wholeTask(members);
}

function ofJson(value: unknown, cast: Cast): unknown {
  if (cast === "date" && typeof value === "string" && !calendarDate.test(value)) {
    throw new RangeError("No calendar shows this date.");
  }
  return cast === "timestamptz" ? momentOf(value) : value;
}

/** A time of the database's JSON in UTC with milliseconds. */
export function momentOf(value: unknown): string | null {
  return typeof value === "string" ? new Date(value).toISOString() : null;
}

/** A field's column, and those that derive from it, with their values. */
function stored(name: FieldName, value: unknown): [column: string, value: Prisma.Sql][] {
  const { cast, derived = {} }: Field = taskFields[name];
  const values = Object.entries(derived).map(([to, derive]): [string, Prisma.Sql] => [
    to,
    Prisma.sql`${typeof value === "string" ? derive(value) : null}::text`,
  ]);
  return [[name, Prisma.sql`${value}::${Prisma.raw(cast)}`], ...values];
}

function shown(value: unknown, cast: Cast): unknown {
  if (!(value instanceof Date)) {
    return value;
  }
  const time = value.toISOString();
  return cast === "date" ? time.slice(0, "YYYY-MM-DD".length) : time;
}

function column(name: string): Prisma.Sql {
  return Prisma.raw(`"${name}"`);
}

/** The table names all members of a task, and `TaskRow` has their values in the types of the schema. */
function wholeTask(members: Partial<Record<FieldName, unknown>>): Task {
  return members as Task;
}
