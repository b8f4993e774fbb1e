import { unexpectedAnswer } from "@/lib/client/api-error";
import { isRecord } from "@/lib/client/is-record";
import { isTextOrNull } from "@/lib/client/read-body";
import type { Task, TaskList } from "@/lib/operations/tasks/schemas";
import { priorities } from "@/lib/planning/planned-task";
import { type Cast, fieldEntries } from "@/lib/tasks/fields";

export type TaskPage = TaskList;

const checks: Record<Cast, (value: unknown) => boolean> = {
  uuid: isText,
  text: isText,
  boolean: (value) => typeof value === "boolean",
  int: Number.isInteger,
  '"Priority"': (value) => priorities.some((priority) => priority === value),
  date: isText,
  timestamptz: isText,
};

/** Whether `answer` has a task's members in the types of the OpenAPI document. */
export function isTask(answer: unknown): answer is Task {
  return (
    isRecord(answer) &&
    fieldEntries.every(([name, { cast, blank }]) => {
      const value = answer[name];
      return checks[cast](value) || (blank === null && value === null);
    })
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

function isText(value: unknown): boolean {
  return typeof value === "string";
}
