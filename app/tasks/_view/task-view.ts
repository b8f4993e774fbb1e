import { searchLengthMax } from "@/lib/operations/tasks/limits";
import type { Task } from "@/lib/operations/tasks/schemas";
import { matches, type TaskFilter } from "@/lib/planning/filter";
import { comparison, type Sort } from "@/lib/planning/order";

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
type SortOption = (typeof sortOptions)[number]["value"];
type Priority = Task["priority"];

/** What of the tasks a person looks at. It lives in the URL. */
export type TaskView = { status: Status; q: string; sort: SortOption; priority: Priority | null };

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
export function viewFilters({ status, q, sort, priority }: TaskView): TaskFilter & { sort: Sort } {
  return {
    status,
    sort,
    ...(q === "" ? {} : { q }),
    ...(priority === null ? {} : { priority }),
  };
}

/** Whether a task belongs to a view, by the rules of the API. */
export function belongs(task: Task, view: TaskView): boolean {
  return matches(task, viewFilters(view));
}

/**
 * Puts a task into a list. It stays where it was while its place does not depend on what changed;
 * `updatedAt` does not move it, so that rows do not jump under an edit.
 */
export function place(tasks: readonly Task[], task: Task, sort: Sort): Task[] {
  const index = tasks.findIndex(({ id }) => id === task.id);
  const before = tasks[index];
  const compare = comparison(sort);
  const stays = before && (sort === "-updatedAt" || compare(before, task) === 0);
  if (stays) {
    return tasks.with(index, task);
  }
  const others = tasks.filter(({ id }) => id !== task.id);
  const next = others.findIndex((other) => compare(task, other) < 0);
  return others.toSpliced(next === -1 ? others.length : next, 0, task);
}
