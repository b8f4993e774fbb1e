import type { Task } from "@/lib/operations/tasks/schemas";
import { fold } from "@/lib/planning/text";

/** The SQL type of a column. Statements cast to it, and the browser checks answers by it. */
export type Cast = "uuid" | "text" | "boolean" | "int" | '"Priority"' | "date" | "timestamptz";

/** What a row of the table says of a field. */
export type Field = {
  cast: Cast;
  /** Whether requests may set it. */
  isWritable: boolean;
  /** The value of a new task that does not say another. A field that can be null begins with null. */
  blank?: unknown;
  /** Columns that no answer shows, computed from each new value. */
  derived?: Record<string, (value: string) => string>;
};

type FieldOf<Value> = Field & { blank?: null extends Value ? null : Value };

/**
 * The fields of a task, in the order of its members. A field's column has the field's name. Columns,
 * statements, drafts, changes and the browser's check of an answer derive from this table.
 */
export const taskFields = {
  id: { cast: "uuid", isWritable: false },
  userId: { cast: "text", isWritable: false },
  title: { cast: "text", isWritable: true, derived: { titleLower: fold } },
  description: {
    cast: "text",
    isWritable: true,
    blank: null,
    derived: { descriptionLower: fold },
  },
  completed: { cast: "boolean", isWritable: true, blank: false },
  completedAt: { cast: "timestamptz", isWritable: false, blank: null },
  priority: { cast: '"Priority"', isWritable: true, blank: "none" },
  dueDate: { cast: "date", isWritable: true, blank: null },
  version: { cast: "int", isWritable: false, blank: 1 },
  createdAt: { cast: "timestamptz", isWritable: false },
  updatedAt: { cast: "timestamptz", isWritable: false },
} as const satisfies { [Name in keyof Task]: FieldOf<Task[Name]> };

type Fields = typeof taskFields;

/** A member of a task. */
export type FieldName = keyof Fields;

/** A member of a task that requests may set. */
export type WritableField = {
  [Name in FieldName]: Fields[Name]["isWritable"] extends true ? Name : never;
}[FieldName];

type BlankField = {
  [Name in FieldName]: Fields[Name] extends { blank: unknown } ? Name : never;
}[FieldName];

/** Members to change: what is absent stays as it is, null clears. */
export type TaskChanges = Partial<Pick<Task, WritableField>>;

/** The members of a task that is to be made; what is absent is blank. */
export type TaskDraft = Pick<Task, "id" | "title"> & TaskChanges;

/** The table's rows, for code that treats all fields alike. */
export const fieldEntries: readonly (readonly [FieldName, Field])[] = entriesOf(taskFields);

/** The names of the fields that requests may set. */
export const writableFields: readonly WritableField[] = fieldEntries
  .map(([name]) => name)
  .filter(isWritable);

const blankMembers = blanksOf(fieldEntries);

/** A task that is made now: the draft, and blank where it says nothing. */
export function newTask(userId: string, draft: TaskDraft, now: Date): Task {
  const createdAt = now.toISOString();
  return {
    ...blankMembers,
    ...draft,
    userId,
    completedAt: draft.completed ? createdAt : null,
    createdAt,
    updatedAt: createdAt,
  };
}

/** The draft that makes a task like this one, without what is blank anyway. */
export function draftOf(task: Task): TaskDraft {
  const blank: Partial<Task> = blankMembers;
  const said = writableFields.filter((name) => task[name] !== blank[name]);
  return { id: task.id, title: task.title, ...pickFields(task, said) };
}

/** The fields that changes name, in the order of the table. */
export function fieldsOf(changes: TaskChanges): WritableField[] {
  return writableFields.filter((name) => changes[name] !== undefined);
}

/** The values that a task has in some fields. */
export function pickFields(task: Task, names: readonly WritableField[]): TaskChanges {
  const picked: TaskChanges = {};
  for (const name of names) {
    copyField(picked, task, name);
  }
  return picked;
}

function copyField<Name extends WritableField>(to: TaskChanges, from: Task, name: Name): void {
  to[name] = from[name];
}

function isWritable(name: FieldName): name is WritableField {
  return taskFields[name].isWritable;
}

/** `Object.entries` types names as any string; a constant object has no names but its own. */
function entriesOf(fields: Fields): [FieldName, Field][] {
  return Object.entries(fields) as [FieldName, Field][];
}

/** The table's type says which fields have a blank value, and of which type. */
function blanksOf(fields: typeof fieldEntries): Pick<Task, BlankField> {
  return Object.fromEntries(
    fields.flatMap(([name, { blank }]) => (blank === undefined ? [] : [[name, blank]])),
  ) as Pick<Task, BlankField>;
}
