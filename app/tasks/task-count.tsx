"use client";

import type { TaskView } from "./task-view";

const nouns: Record<TaskView["status"], string> = { open: "open", completed: "completed", all: "" };

/** How many tasks the view holds, all pages together; announced when it changes. */
export function TaskCount({ count, view }: { count: number | null; view: TaskView }) {
  const isFiltered = view.q !== "" || view.priority !== null;
  const words = [nouns[view.status], count === 1 ? "task" : "tasks", isFiltered ? "match" : ""];
  return (
    <p role="status" className="text-meta text-muted tabular-nums">
      {count === null ? "" : `${count.toLocaleString("en")} ${words.filter(Boolean).join(" ")}`}
    </p>
  );
}
