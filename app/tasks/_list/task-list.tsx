"use client";

import type { ReactNode } from "react";
import type { RowCommands } from "@/app/tasks/_actions/use-row-commands";
import type { useRowState } from "@/app/tasks/_focus/use-row-state";
import { TaskRow } from "@/app/tasks/_row/task-row";
import { belongs, type TaskView } from "@/app/tasks/_view/task-view";
import type { Entry } from "@/app/tasks/_workspace/task-outbox";
import type { Tasks } from "@/app/tasks/_workspace/use-tasks";
import { MoreTasks } from "./more-tasks";
import { SkeletonRows } from "./skeleton-rows";

export interface TaskListProps {
  tasks: Tasks;
  view: TaskView;
  rows: ReturnType<typeof useRowState>;
  today: string | null;
  locale: string;
  commands: RowCommands;
  /** What stands here when there is no task to show. */
  empty: ReactNode;
}

/** For each task its change that needs the person most: a stuck one, else the first on its way. */
function entryPerTask(entries: readonly Entry[]): Map<string, Entry> {
  const chosen = new Map<string, Entry>();
  for (const entry of entries) {
    const isStuck = entry.state === "failed" || entry.state === "conflict";
    if (isStuck || !chosen.has(entry.resourceId)) {
      chosen.set(entry.resourceId, entry);
    }
  }
  return chosen;
}

/** The tasks of a view, one row each, and the way to more of them. */
export function TaskList({ tasks, view, rows, today, locale, commands, empty }: TaskListProps) {
  if (tasks.tasks.length === 0) {
    if (tasks.error) {
      return null;
    }
    return tasks.isLoading || tasks.isApproximate ? <SkeletonRows count={4} /> : empty;
  }
  const entries = entryPerTask(tasks.entries);
  return (
    <>
      <ul aria-label="Tasks" data-task-list="" className="divide-y divide-line">
        {tasks.tasks.map((task) => (
          <TaskRow
            key={task.id}
            task={task}
            entry={entries.get(task.id)}
            isCurrent={task.id === rows.currentId}
            isOpen={task.id === rows.openId}
            isRenaming={task.id === rows.renamingId}
            isLeaving={rows.lingering.has(task.id) && !belongs(task, view)}
            today={today}
            locale={locale}
            commands={commands}
          />
        ))}
      </ul>
      {tasks.hasMore ? (
        <MoreTasks
          isLoading={tasks.isLoadingMore}
          hasFailed={tasks.error !== null}
          onLoad={tasks.loadMore}
        />
      ) : null}
    </>
  );
}
