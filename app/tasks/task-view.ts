import type { TaskFilters } from "@/lib/client/task-api";
import { searchLengthMax } from "@/lib/tasks/limits";
import type { Task } from "@/lib/tasks/schemas";

export const statusOptions = [
  { value: "open", label: "Open" },
  { value: "completed", label: "Completed" },
  { value: "all", label: "All" },
] as const;

export const sortOptions = [
  { value: "-createdAt", label: "Newest first" },
  { value: "createdAt", label: "Oldest first" },
  { value: "dueDate", label: "By due date" },
  { value: "-priority", label: "By priority" },
  { value: "title", label: "By title" },
  { value: "-updatedAt", label: "Recently changed" },
] as const;

export const priorityOptions = [
  { value: "high", label: "High", keys: "1" },
  { value: "medium", label: "Medium", keys: "2" },
  { value: "low", label: "Low", keys: "3" },
  { value: "none", label: "None", keys: "4" },
] as const;

type Status = (typeof statusOptions)[number]["value"];
export type Sort = (typeof sortOptions)[number]["value"];
type Priority = Task["priority"];

/** What of the tasks a person looks at. It lives in the URL. */
export type TaskView = { status: Status; q: string; sort: Sort; priority: Priority | null };

export const defaultView: TaskView = { status: "open", q: "", sort: "-createdAt", priority: null };

function oneOf<Value extends string, Other>(
  options: readonly { value: Value }[],
  value: string | null,
  otherwise: Other,
): Value | Other {
  return options.find((option) => option.value === value)?.value ?? otherwise;
}

/** Text that the API accepts as a search: well-formed, without U+0000, of at most 200 characters. */
function searchText(text: string): string {
  const legal = text.toWellFormed().replaceAll("\0", "").trim();
  return Array.from(legal).slice(0, searchLengthMax).join("");
}

/** Reads a view from the URL. What it does not know counts as not said. */
export function readView(search: URLSearchParams): TaskView {
  return {
    status: oneOf(statusOptions, search.get("status"), defaultView.status),
    q: searchText(search.get("q") ?? ""),
    sort: oneOf(sortOptions, search.get("sort"), defaultView.sort),
    priority: oneOf(priorityOptions, search.get("priority"), defaultView.priority),
  };
}

/** The path of a view, saying only what differs from the default. */
export function viewPath(view: TaskView): string {
  const search = new URLSearchParams();
  if (view.status !== defaultView.status) {
    search.set("status", view.status);
  }
  if (view.q !== "") {
    search.set("q", view.q);
  }
  if (view.sort !== defaultView.sort) {
    search.set("sort", view.sort);
  }
  if (view.priority !== null) {
    search.set("priority", view.priority);
  }
  return search.size > 0 ? `/tasks?${search}` : "/tasks";
}

/** The same view as a query of the API. */
export function viewFilters({ status, q, sort, priority }: TaskView): TaskFilters {
  return {
    status,
    sort,
    ...(q === "" ? {} : { q }),
    ...(priority === null ? {} : { priority }),
  };
}

/** Whether a task belongs to a view, by the rules of the API. */
export function belongs(task: Task, view: TaskView): boolean {
  if (view.status !== "all" && task.completed !== (view.status === "completed")) {
    return false;
  }
  if (view.priority !== null && task.priority !== view.priority) {
    return false;
  }
  if (view.q === "") {
    return true;
  }
  const wanted = view.q.toLowerCase();
  const text = [task.title, task.description ?? ""];
  return text.some((part) => part.toLowerCase().includes(wanted));
}

const priorityRank: Record<Priority, number> = { none: 0, low: 1, medium: 2, high: 3 };

function sortKey(task: Task, sort: Sort): string | number {
  switch (sort) {
    case "dueDate":
      return task.dueDate ?? "\uffff";
    case "-priority":
      return priorityRank[task.priority];
    case "title":
      return task.title.toLowerCase();
    case "-updatedAt":
      return task.updatedAt;
    default:
      return task.createdAt;
  }
}

function comesBefore(first: Task, second: Task, sort: Sort): boolean {
  const one = sortKey(first, sort);
  const other = sortKey(second, sort);
  return sort.startsWith("-") ? one > other : one < other;
}

/**
 * Puts a task into a list. It stays where it was while its place does not depend on what changed;
 * `updatedAt` does not move it, so that rows do not jump under an edit.
 */
export function place(tasks: readonly Task[], task: Task, sort: Sort): Task[] {
  const index = tasks.findIndex(({ id }) => id === task.id);
  const before = tasks[index];
  const stays = before && (sort === "-updatedAt" || sortKey(before, sort) === sortKey(task, sort));
  if (stays) {
    return tasks.with(index, task);
  }
  const others = tasks.filter(({ id }) => id !== task.id);
  const next = others.findIndex((other) => comesBefore(task, other, sort));
  return others.toSpliced(next === -1 ? others.length : next, 0, task);
}
