import "server-only";
import type { Operation } from "@/lib/operations/operation";
import { taskLines } from "@/lib/operations/request-lines";
import { listTasksQuery } from "@/lib/operations/tasks/list-tasks-query";
import {
  completeTaskInput,
  createTaskInput,
  task,
  taskList,
  taskParams,
  updateTaskInput,
} from "@/lib/operations/tasks/schemas";

const tag = "Tasks";
const params = { noun: "task", schema: taskParams };

const changed = {
  kind: "resource",
  schema: task,
  words: { 200: "The task as it is now." },
} as const;

const change = {
  tag,
  params,
  ifMatch: true,
  body: { schema: updateTaskInput },
  answer: changed,
  errors: [],
} as const;

const changeWords = {
  summary: "Change a task",
  description:
    "Members that are sent change, the others stay as they are, and `null` clears. PUT and PATCH do the same.",
};

/** The operations on tasks. */
export const taskOperations = {
  listTasks: {
    ...taskLines.listTasks,
    tag,
    document: {
      operationId: "listTasks",
      summary: "List tasks",
      description:
        "One page of your tasks. Follow `nextCursor` with the same filters and sort: pages never skip or repeat a task that does not change meanwhile.",
    },
    query: listTasksQuery,
    ifNoneMatch: true,
    answer: { kind: "page", schema: taskList, words: { 200: "A page of tasks." } },
    errors: ["invalid_cursor"],
  },
  createTask: {
    ...taskLines.createTask,
    tag,
    document: {
      operationId: "createTask",
      summary: "Create a task",
      description:
        "Send an `id` of your own or an `Idempotency-Key`, and a repeat of the request creates nothing twice.",
    },
    idempotencyKey: true,
    body: { schema: createTaskInput },
    answer: {
      kind: "created",
      schema: task,
      words: {
        200: "This body made the task before. The task as it is now.",
        201: "The task was created.",
      },
    },
    errors: ["conflict"],
  },
  getTask: {
    ...taskLines.getTask,
    tag,
    document: { operationId: "getTask", summary: "Read a task" },
    params,
    ifNoneMatch: true,
    answer: { kind: "resource", schema: task, words: { 200: "The task." } },
    errors: [],
  },
  updateTask: {
    ...taskLines.updateTask,
    ...change,
    document: { ...changeWords, operationId: "updateTask" },
  },
  patchTask: {
    ...taskLines.patchTask,
    ...change,
    document: { ...changeWords, operationId: "patchTask" },
  },
  deleteTask: {
    ...taskLines.deleteTask,
    tag,
    document: {
      operationId: "deleteTask",
      summary: "Delete a task",
      description: "The task moves to the trash, from which it can be restored for 30 days.",
    },
    params,
    ifMatch: true,
    answer: { kind: "nothing", words: { 204: "The task is in the trash. No body." } },
    errors: [],
  },
  completeTask: {
    ...taskLines.completeTask,
    tag,
    document: {
      operationId: "completeTask",
      summary: "Complete or reopen a task",
      description: "Sets `completed`, or toggles it when nothing is sent.",
    },
    params,
    ifMatch: true,
    body: { schema: completeTaskInput, isOptional: true },
    answer: changed,
    errors: [],
  },
  restoreTask: {
    ...taskLines.restoreTask,
    tag,
    document: {
      operationId: "restoreTask",
      summary: "Restore a deleted task",
      description: "Takes a task out of the trash, as it was but for `version` and `updatedAt`.",
    },
    params,
    answer: changed,
    errors: ["conflict"],
  },
} as const satisfies {
  [Name in keyof typeof taskLines]: Operation & { document: { operationId: Name } };
};
