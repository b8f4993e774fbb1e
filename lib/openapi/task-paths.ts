import "server-only";
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from "zod-openapi";
import { headersOf } from "@/lib/openapi/headers";
import { parametersOf } from "@/lib/openapi/parameters";
import { failsWith } from "@/lib/openapi/problems";
import { listTasksQuery } from "@/lib/tasks/list-tasks-query";
import {
  completeTaskInput,
  createTaskInput,
  task,
  taskList,
  taskParams,
  updateTaskInput,
} from "@/lib/tasks/schemas";

const limitHeaders = ["RateLimit-Policy", "RateLimit"];
const anyUser = ["Unauthenticated", "InsufficientScope", "RateLimited"] as const;
const anyTime = ["Internal", "Unavailable"] as const;
const anyBody = ["BadBody", "PayloadTooLarge", "UnsupportedMediaType"] as const;

const read = { tags: ["Tasks"], security: [{ bearerAuth: ["tasks:read"] }] };
const write = { tags: ["Tasks"], security: [{ bearerAuth: ["tasks:write"] }] };

const unchanged = {
  description: "Nothing changed since the state that `If-None-Match` names. No body.",
  headers: headersOf("ETag", ...limitHeaders),
};

const changeContent = { "application/json": { schema: updateTaskInput } };
const patchContent = {
  ...changeContent,
  "application/merge-patch+json": { schema: updateTaskInput },
};

const change: Omit<ZodOpenApiOperationObject, "operationId"> = {
  ...write,
  summary: "Change a task",
  description:
    "Members that are sent change, the others stay as they are, and `null` clears. PUT and PATCH do the same.",
  requestParams: { path: taskParams },
  parameters: parametersOf("If-Match"),
  requestBody: { required: true, content: changeContent },
  responses: {
    200: taskAnswer("The task as it is now."),
    ...failsWith(...anyBody, ...anyUser, "NotFound", "PreconditionFailed", ...anyTime),
  },
};

/** The task API. */
export const taskPaths: ZodOpenApiPathsObject = {
  "/api/tasks": {
    get: {
      ...read,
      operationId: "listTasks",
      summary: "List tasks",
      description:
        "One page of your tasks. Follow `nextCursor` with the same filters and sort: pages never skip or repeat a task that does not change meanwhile.",
      requestParams: { query: listTasksQuery },
      parameters: parametersOf("If-None-Match"),
      responses: {
        200: {
          description: "A page of tasks.",
          headers: headersOf("ETag", "Link", ...limitHeaders),
          content: { "application/json": { schema: taskList } },
        },
        304: { ...unchanged, headers: headersOf("ETag", "Link", ...limitHeaders) },
        ...failsWith("BadQuery", ...anyUser, ...anyTime),
      },
    },
    post: {
      ...write,
      operationId: "createTask",
      summary: "Create a task",
      description:
        "Send an `id` of your own or an `Idempotency-Key`, and a repeat of the request creates nothing twice.",
      parameters: parametersOf("Idempotency-Key"),
      requestBody: { required: true, content: { "application/json": { schema: createTaskInput } } },
      responses: {
        200: createAnswer("This body made the task before. The task as it is now."),
        201: createAnswer("The task was created."),
        ...failsWith(...anyBody, ...anyUser, "CreateConflict", "IdempotencyKeyReused", ...anyTime),
      },
    },
  },
  "/api/tasks/{id}": {
    get: {
      ...read,
      operationId: "getTask",
      summary: "Read a task",
      requestParams: { path: taskParams },
      parameters: parametersOf("If-None-Match"),
      responses: {
        200: taskAnswer("The task."),
        304: unchanged,
        ...failsWith("BadRequest", ...anyUser, "NotFound", ...anyTime),
      },
    },
    put: { ...change, operationId: "updateTask" },
    patch: {
      ...change,
      operationId: "patchTask",
      requestBody: { required: true, content: patchContent },
    },
    delete: {
      ...write,
      operationId: "deleteTask",
      summary: "Delete a task",
      description: "The task moves to the trash, from which it can be restored for 30 days.",
      requestParams: { path: taskParams },
      parameters: parametersOf("If-Match"),
      responses: {
        204: {
          description: "The task is in the trash. No body.",
          headers: headersOf(...limitHeaders),
        },
        ...failsWith(...anyBody, ...anyUser, "NotFound", "PreconditionFailed", ...anyTime),
      },
    },
  },
  "/api/tasks/{id}/complete": {
    patch: {
      ...write,
      operationId: "completeTask",
      summary: "Complete or reopen a task",
      description: "Sets `completed`, or toggles it when nothing is sent.",
      requestParams: { path: taskParams },
      parameters: parametersOf("If-Match"),
      requestBody: {
        required: false,
        content: {
          "application/json": { schema: completeTaskInput },
          "application/merge-patch+json": { schema: completeTaskInput },
        },
      },
      responses: {
        200: taskAnswer("The task as it is now."),
        ...failsWith(...anyBody, ...anyUser, "NotFound", "PreconditionFailed", ...anyTime),
      },
    },
  },
  "/api/tasks/{id}/restore": {
    post: {
      ...write,
      operationId: "restoreTask",
      summary: "Restore a deleted task",
      description: "Takes a task out of the trash, as it was but for `version` and `updatedAt`.",
      requestParams: { path: taskParams },
      parameters: parametersOf(),
      responses: {
        200: taskAnswer("The task as it is now."),
        ...failsWith(...anyBody, ...anyUser, "NotFound", "Conflict", ...anyTime),
      },
    },
  },
};

function taskAnswer(description: string) {
  return {
    description,
    headers: headersOf("ETag", ...limitHeaders),
    content: { "application/json": { schema: task } },
  };
}

function createAnswer(description: string) {
  return {
    ...taskAnswer(description),
    headers: headersOf("ETag", "Location", "Idempotency-Replayed", ...limitHeaders),
  };
}
