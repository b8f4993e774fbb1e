import { unexpectedAnswer } from "@/lib/client/api-error";
import { isRecord } from "@/lib/client/is-record";
import { isTextOrNull } from "@/lib/client/read-body";
import type { Task, TaskList } from "@/lib/tasks/schemas";

export type TaskPage = TaskList;

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

/** @throws ApiError `unexpected_answer` for anything but a task */
export function readTask(body: unknown): Task {
  if (!isTask(body)) {
    throw unexpectedAnswer();
  }
  return body;
}

/** @throws ApiError `unexpected_answer` for anything but a page of tasks */
export function readTaskPage(body: unknown): TaskPage {
  const { data, count, nextCursor } = isRecord(body) ? body : {};
  if (!Array.isArray(data) || !data.every(isTask)) {
    throw unexpectedAnswer();
  }
  if (typeof count !== "number" || !isTextOrNull(nextCursor)) {
    throw unexpectedAnswer();
  }
  return { data, count, nextCursor };
}
