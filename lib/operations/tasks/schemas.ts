import "server-only";
import { z } from "zod";
import { descriptionLengthMax, pageSizeMax, titleLengthMax } from "@/lib/operations/tasks/limits";
import {
  anyPriority,
  anyTitle,
  calendarDate,
  moment,
  object,
  requiredOr,
  text,
  uuid,
} from "@/lib/operations/values";
import { anyText, codePoints } from "@/lib/planning/text";

const exampleId = "01932f5c-7d1e-7a40-9c3e-5b8f0a6d2c71";
const exampleTask = {
  id: exampleId,
  userId: "q7Jc2mVxTz0LrB9wKdN4sEfYhGaUoPi3",
  title: "Book the train to Lisbon",
  description: "Window seat, **not** the early one.",
  completed: false,
  completedAt: null,
  priority: "high",
  dueDate: "2026-12-04",
  version: 3,
  createdAt: "2026-11-20T08:15:30.123Z",
  updatedAt: "2026-11-21T17:02:11.940Z",
};

const title = text
  .trim()
  .refine(
    (value) => value !== "" && codePoints(value) <= titleLengthMax,
    `must have 1 to ${titleLengthMax} characters, white space around it aside`,
  );

const description = text
  .refine(
    (value) => codePoints(value) <= descriptionLengthMax,
    `must have at most ${descriptionLengthMax} characters`,
  )
  .meta({ maxLength: descriptionLengthMax, pattern: anyText })
  .nullable()
  .meta({
    description: `Markdown, at most ${descriptionLengthMax} characters, kept byte for byte; the site shows it as typed. Null for none.`,
    example: exampleTask.description,
  });

const completed = z
  .boolean(requiredOr("must be true or false"))
  .meta({ description: "Whether the task is done.", example: exampleTask.completed });

const priority = anyPriority.meta({
  description: "How urgent the task is.",
  example: exampleTask.priority,
});

const dueDate = calendarDate.nullable().meta({
  description: "A date of the calendar without a time zone, years 0001 to 9999; null for none.",
  example: exampleTask.dueDate,
});

const writable = {
  title: title.meta({
    description: `Up to ${titleLengthMax} characters; white space around it is removed.`,
    example: exampleTask.title,
    pattern: anyTitle,
  }),
  description: description.exactOptional(),
  completed: completed.exactOptional(),
  priority: priority.exactOptional(),
  dueDate: dueDate.exactOptional(),
};

/** A task as the API shows it. */
export const task = z
  .strictObject({
    id: z.guid().meta({ description: "The task's UUID.", example: exampleId }),
    userId: z.string().meta({ description: "The owner.", example: exampleTask.userId }),
    title: z.string().meta({
      description: "What is to be done.",
      example: exampleTask.title,
      minLength: 1,
      maxLength: titleLengthMax,
    }),
    description,
    completed,
    completedAt: moment.nullable().meta({
      description: "When the task was completed; null while it is open.",
      example: exampleTask.completedAt,
    }),
    priority,
    dueDate,
    version: z.int().min(1).meta({
      description: "Grows by one with every accepted update; the ETag is this number in quotes.",
      example: exampleTask.version,
    }),
    createdAt: moment.meta({
      description: "When the task was made, in UTC.",
      example: exampleTask.createdAt,
    }),
    updatedAt: moment.meta({
      description: "When the task was last changed, in UTC.",
      example: exampleTask.updatedAt,
    }),
  })
  .meta({ id: "Task", description: "A task.", example: exampleTask });

/** A task as the feed of changes has it. */
export const syncedTask = task
  .extend({
    kind: z.literal("task").meta({ description: "The kind of the resource." }),
    deletedAt: moment.nullable().meta({
      description: "When the task went to the trash; null outside it.",
      example: null,
    }),
  })
  .meta({ id: "SyncedTask", description: "A task as the feed has it." });

/** One page of tasks. */
export const taskList = z
  .strictObject({
    data: z.array(task).max(pageSizeMax).meta({ description: "The tasks of this page, in order." }),
    count: z.int().min(0).meta({
      description: "How many tasks match the filters, all pages together.",
      example: 1,
    }),
    nextCursor: z.string().nullable().meta({
      description: "What to send as `cursor` for the next page; null on the last one.",
      example: null,
    }),
  })
  .meta({
    id: "TaskList",
    description: "One page of tasks.",
    example: { data: [exampleTask], count: 1, nextCursor: null },
  });

/** The body that makes a task. */
export const createTaskInput = z
  .strictObject(
    {
      id: uuid
        .meta({
          description:
            "A UUID of the client's choice, so that a repeated create makes one task. Ours is of version 7.",
          example: exampleId,
        })
        .exactOptional(),
      ...writable,
    },
    object,
  )
  .meta({
    id: "CreateTaskInput",
    description: "A task to make.",
    example: { title: exampleTask.title, dueDate: exampleTask.dueDate, priority: "high" },
  });

/** The body that changes a task: what is absent stays as it is, null clears. */
export const updateTaskInput = z
  .strictObject({ ...writable, title: writable.title.exactOptional() }, object)
  .refine((changes) => Object.keys(changes).length > 0, {
    error: "must have at least one member",
    when: ({ issues }) => issues.length === 0,
  })
  .meta({
    id: "UpdateTaskInput",
    description: "Changes to a task. What is absent stays as it is; null clears.",
    example: { priority: "low", dueDate: null },
    minProperties: 1,
  });

/**
 * The members that requests may set, with any values: they are checked where a change is applied, so
 * that one wrong value refuses one change.
 */
export const anyTaskMembers = z.strictObject(
  Object.fromEntries(Object.keys(writable).map((name) => [name, z.unknown().optional()])),
  object,
);

/** The optional body of a completion: without `completed` the task is toggled. */
export const completeTaskInput = z
  .strictObject({ completed: completed.exactOptional() }, object)
  .meta({
    id: "CompleteTaskInput",
    description: "The state to set. Without `completed`, or without a body, the task is toggled.",
    example: { completed: true },
  })
  .default({});

/** The path of one task. */
export const taskParams = z.strictObject({
  id: uuid.meta({ description: "The task's UUID, in any case.", example: exampleId }),
});

export type Task = z.infer<typeof task>;
export type TaskList = z.infer<typeof taskList>;
export type CreateTaskInput = z.infer<typeof createTaskInput>;
export type UpdateTaskInput = z.infer<typeof updateTaskInput>;
