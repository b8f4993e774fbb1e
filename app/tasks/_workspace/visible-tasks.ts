import { belongs, place, type TaskView } from "@/app/tasks/_view/task-view";
import type { TaskPage } from "@/lib/client/task-api";
import type { Task } from "@/lib/operations/tasks/schemas";
import type { Entry } from "./task-outbox";

export type Pages = { pages: TaskPage[]; pageParams: (string | null)[] };

export type VisibleTasks = { tasks: Task[]; count: number };

function changed(task: Task, entry: Entry): Task {
  const { change } = entry;
  if (change.kind === "create") {
    return { ...task, ...change.draft };
  }
  if (change.kind !== "update") {
    return task;
  }
  const next = { ...task, ...change.changes };
  if (next.completed === task.completed) {
    return next;
  }
  return { ...next, completedAt: next.completed ? new Date().toISOString() : null };
}

/**
 * A task out of sight as it was before a change. A new one will be the newest once it is stored,
 * whatever the two clocks say meanwhile.
 */
function asBefore({ change, base }: Entry, others: readonly Task[]): Task {
  if (change.kind !== "create") {
    return base;
  }
  const now = Math.max(
    Date.parse(base.createdAt),
    ...others.map((other) => Date.parse(other.createdAt) + 1),
  );
  const createdAt = new Date(now).toISOString();
  return { ...base, createdAt, updatedAt: createdAt };
}

function isStuck(entry: Entry): boolean {
  return entry.state === "failed" || entry.state === "conflict";
}

/**
 * What a person sees: the tasks of the server with the changes on top that are still on their way.
 *
 * A task stays in sight while one of its changes is stuck, or while it is `lingering`, even where
 * it no longer belongs to the view. `count` is that of the whole view, changes included.
 */
export function visibleTasks(
  pages: readonly TaskPage[],
  entries: readonly Entry[],
  view: TaskView,
  lingering: ReadonlySet<string>,
): VisibleTasks {
  const seen = new Map<string, Task>();
  for (const task of pages.flatMap((page) => page.data)) {
    seen.set(task.id, task);
  }
  let tasks = [...seen.values()];
  let count = pages[0]?.count ?? 0;
  const stuck = new Set<string>();

  for (const entry of entries) {
    const before = tasks.find((task) => task.id === entry.resourceId);
    if (before && belongs(before, view)) {
      count -= 1;
    }
    if (isStuck(entry)) {
      stuck.add(entry.resourceId);
    }
    if (entry.change.kind === "delete" && !isStuck(entry)) {
      tasks = tasks.filter((task) => task.id !== entry.resourceId);
      continue;
    }
    const after = changed(before ?? asBefore(entry, tasks), entry);
    tasks = place(tasks, after, view.sort);
    if (belongs(after, view)) {
      count += 1;
    }
  }

  const inSight = tasks.filter(
    (task) => belongs(task, view) || stuck.has(task.id) || lingering.has(task.id),
  );
  return { tasks: inSight, count };
}

/**
 * Whether a task that the server says it stored may be gone by now: it is not new, and the view,
 * which should show it, does not know it.
 */
export function mayBeGone(data: Pages, task: Task, view: TaskView): boolean {
  const isKnown = data.pages.some((page) => page.data.some(({ id }) => id === task.id));
  return !isKnown && task.version > 1 && belongs(task, view);
}

/** Whether a change that the feed tells of may change what a view shows, its count included. */
export function isNews(
  data: Pages,
  row: Task & { deletedAt: string | null },
  view: TaskView,
): boolean {
  const known = data.pages.flatMap((page) => page.data).find(({ id }) => id === row.id);
  if (known) {
    return row.version > known.version;
  }
  const isWhole = data.pages.at(-1)?.nextCursor === null;
  return !isWhole || (row.deletedAt === null && belongs(row, view));
}

/** A view's pages after the server stored `task`. */
export function withStored(data: Pages, task: Task, view: TaskView): Pages {
  const known = data.pages.flatMap((page) => page.data).find(({ id }) => id === task.id);
  // An older answer that arrives late must not undo a newer one.
  if (known && known.version > task.version) {
    return data;
  }
  const belonged = known ? belongs(known, view) : false;
  if (!known && !belongs(task, view)) {
    return data;
  }
  const difference = Number(belongs(task, view)) - Number(belonged);
  return spread(
    data,
    place(
      data.pages.flatMap((page) => page.data),
      task,
      view.sort,
    ),
    difference,
  );
}

/** A view's pages after the server deleted a task. */
export function withoutTask(data: Pages, taskId: string, view: TaskView): Pages {
  const all = data.pages.flatMap((page) => page.data);
  const gone = all.find((task) => task.id === taskId);
  if (!gone) {
    return data;
  }
  const left = all.filter((task) => task.id !== taskId);
  return spread(data, left, belongs(gone, view) ? -1 : 0);
}

/** Deals the tasks back out over the pages; the last page takes the difference. */
function spread(data: Pages, tasks: readonly Task[], difference: number): Pages {
  let start = 0;
  const pages = data.pages.map((page, index) => {
    const isLast = index === data.pages.length - 1;
    const end = isLast ? tasks.length : start + page.data.length;
    const dealt = { ...page, data: tasks.slice(start, end), count: page.count + difference };
    start = end;
    return dealt;
  });
  return { ...data, pages };
}
