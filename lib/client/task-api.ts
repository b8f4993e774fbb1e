import type { Api } from "@/lib/client/api";
import { unexpectedAnswer } from "@/lib/client/api-error";
import { isRecord } from "@/lib/client/is-record";
import { isTextOrNull } from "@/lib/client/read-body";
import type { Task } from "@/lib/tasks/schemas";

export type TaskPage = { data: Task[]; count: number; nextCursor: string | null };

export type TaskChanges = Partial<
  Pick<Task, "title" | "description" | "completed" | "priority" | "dueDate">
>;

export type TaskDraft = Pick<Task, "id" | "title"> & TaskChanges;

export type TaskFilters = {
  status?: string;
  q?: string;
  priority?: string;
  sort?: string;
  limit?: number;
};

/**
 * One page of the tasks that match, from `cursor` on.
 *
 * @throws ApiError
 */
export function listTasks(
  api: Api,
  filters: TaskFilters,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<TaskPage> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    search.set(name, String(value));
  }
  if (cursor !== null) {
    search.set("cursor", cursor);
  }
  const path = search.size > 0 ? `/api/tasks?${search}` : "/api/tasks";
  return api.request({ method: "GET", path, read: readPage, ...(signal ? { signal } : {}) });
}

/**
 * Stores a task under the id chosen here. Repeating the call with the same draft and key leaves
 * one task.
 *
 * @throws ApiError
 */
export function createTask(api: Api, draft: TaskDraft, idempotencyKey: string): Promise<Task> {
  return api.request({
    method: "POST",
    path: "/api/tasks",
    read: readTask,
    body: draft,
    idempotencyKey,
  });
}

/**
 * Changes the fields that are given, if the task still has `version`.
 *
 * @throws ApiError `precondition_failed` otherwise, with the task as it stands under `current`
 */
export function updateTask(
  api: Api,
  id: string,
  changes: TaskChanges,
  version: number,
): Promise<Task> {
  return api.request({
    method: "PATCH",
    path: taskPath(id),
    read: readTask,
    body: changes,
    version,
  });
}

/**
 * Moves a task to the trash, from where `restoreTask` brings it back.
 *
 * @throws ApiError
 */
export function deleteTask(api: Api, id: string): Promise<void> {
  return api.request({ method: "DELETE", path: taskPath(id), read: () => undefined });
}

/**
 * Brings a task back from the trash.
 *
 * @throws ApiError `not_found` when it is not there
 */
export function restoreTask(api: Api, id: string): Promise<Task> {
  return api.request({ method: "POST", path: `${taskPath(id)}/restore`, read: readTask });
}

/**
 * The task as it stands.
 *
 * @throws ApiError `not_found` when there is none
 */
export function getTask(api: Api, id: string): Promise<Task> {
  return api.request({ method: "GET", path: taskPath(id), read: readTask });
}

/** Whether `value` has a task's members in the types of the OpenAPI document. */
export function isTask(value: unknown): value is Task {
  if (!isRecord(value)) {
    return false;
  }
  const task: Partial<Record<keyof Task, unknown>> = value;
  return (
    typeof task.id === "string" &&
    typeof task.userId === "string" &&
    typeof task.title === "string" &&
    isTextOrNull(task.description) &&
    typeof task.completed === "boolean" &&
    isTextOrNull(task.completedAt) &&
    typeof task.priority === "string" &&
    isTextOrNull(task.dueDate) &&
    typeof task.version === "number" &&
    typeof task.createdAt === "string" &&
    typeof task.updatedAt === "string"
  );
}

function readTask(body: unknown): Task {
  if (!isTask(body)) {
    throw unexpectedAnswer();
  }
  return body;
}

function readPage(body: unknown): TaskPage {
  const { data, count, nextCursor } = isRecord(body) ? body : {};
  if (!Array.isArray(data) || !data.every(isTask)) {
    throw unexpectedAnswer();
  }
  if (typeof count !== "number" || !isTextOrNull(nextCursor)) {
    throw unexpectedAnswer();
  }
  return { data, count, nextCursor };
}

function taskPath(id: string): string {
  return `/api/tasks/${encodeURIComponent(id)}`;
}
