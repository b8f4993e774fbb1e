import type { PlannedTask } from "@/lib/planning/planned-task";
import { fold } from "@/lib/planning/text";

export const statuses = ["all", "open", "completed"] as const;

/** What a list asks for. What is absent leaves all tasks in, and so does an empty search. */
export type TaskFilter = {
  status?: (typeof statuses)[number];
  /** Text to find in title or description. */
  q?: string;
  priority?: PlannedTask["priority"];
  /** The last due date that is let in. */
  dueBefore?: string;
  /** The first due date that is let in. */
  dueAfter?: string;
};

/** The fields that hold text and can be searched. */
export type SearchedField = "title" | "description";

/** A condition on a task, as data: here it is evaluated in JavaScript, by `lib/tasks` in SQL. */
export type Condition =
  | { is: "equal"; field: "completed" | "priority"; value: boolean | string }
  | { is: "at most" | "at least"; field: "dueDate"; value: string }
  | { is: "found"; fields: readonly SearchedField[]; folded: string };

/** The conditions of a filter. A task belongs to the list when it meets all of them. */
export function conditionsOf(filter: TaskFilter): Condition[] {
  const { status = "all", q, priority, dueBefore, dueAfter } = filter;
  const conditions: Condition[] = [];
  if (status !== "all") {
    conditions.push({ is: "equal", field: "completed", value: status === "completed" });
  }
  if (q) {
    conditions.push({ is: "found", fields: ["title", "description"], folded: fold(q) });
  }
  if (priority !== undefined) {
    conditions.push({ is: "equal", field: "priority", value: priority });
  }
  if (dueBefore !== undefined) {
    conditions.push({ is: "at most", field: "dueDate", value: dueBefore });
  }
  if (dueAfter !== undefined) {
    conditions.push({ is: "at least", field: "dueDate", value: dueAfter });
  }
  return conditions;
}

/** Whether a task belongs to the list that a filter asks for. */
export function matches(task: PlannedTask, filter: TaskFilter): boolean {
  return conditionsOf(filter).every((condition) => meets(task, condition));
}

function meets(task: PlannedTask, condition: Condition): boolean {
  switch (condition.is) {
    case "equal":
      return task[condition.field] === condition.value;
    case "at most":
      return task.dueDate !== null && task.dueDate <= condition.value;
    case "at least":
      return task.dueDate !== null && task.dueDate >= condition.value;
    case "found":
      return condition.fields.some((field) => fold(task[field] ?? "").includes(condition.folded));
  }
}
