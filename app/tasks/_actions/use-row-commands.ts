import { type RefObject, useEffect, useMemo, useRef } from "react";
import { neighborOf, type useRowState } from "@/app/tasks/_focus/use-row-state";
import { belongs, type TaskView } from "@/app/tasks/_view/task-view";
import type { Workspace } from "@/app/tasks/_workspace/workspace";
import type { Task } from "@/lib/operations/tasks/schemas";
import type { TaskChanges } from "@/lib/tasks/fields";
import type { TaskActions } from "./use-task-actions";

/** What a row can ask for. The object stays the same between renders. */
export type RowCommands = {
  select: (taskId: string) => void;
  toggleDetails: (taskId: string) => void;
  closeDetails: (taskId: string) => void;
  rename: (taskId: string) => void;
  endRename: (taskId: string) => void;
  change: (task: Task, changes: TaskChanges) => void;
  complete: (task: Task, completed: boolean) => void;
  remove: (task: Task) => void;
  pickDueDate: (taskId: string) => void;
  retry: (taskId: string) => void;
  discard: (taskId: string) => void;
  keepMine: (taskId: string) => void;
  takeTheirs: (taskId: string) => void;
};

export type RowContext = {
  workspace: Workspace;
  actions: TaskActions;
  rows: ReturnType<typeof useRowState>;
  tasks: readonly Task[];
  view: TaskView;
  composer: RefObject<HTMLInputElement | null>;
};

/** The commands of the rows, the same object for as long as the list is there. */
export function useRowCommands(context: RowContext): RowCommands {
  const latest = useRef(context);
  useEffect(() => {
    latest.current = context;
  });

  return useMemo(() => {
    /** The focus goes to the neighbor, so that the next key meets the next task. */
    function leaveRow(taskId: string) {
      const { rows, tasks, composer } = latest.current;
      const staying = tasks.filter(({ id }) => id === taskId || !rows.lingering.has(id));
      const neighbor = neighborOf(staying, taskId);
      if (rows.openId === taskId) {
        rows.setOpen(null);
      }
      if (neighbor) {
        rows.focus(neighbor.id);
      } else {
        composer.current?.focus();
      }
    }

    return {
      select: (taskId) => latest.current.rows.select(taskId),
      toggleDetails(taskId) {
        const { rows } = latest.current;
        rows.setOpen(rows.openId === taskId ? null : taskId);
      },
      closeDetails(taskId) {
        const { rows } = latest.current;
        if (rows.openId !== taskId) {
          return;
        }
        rows.setOpen(null);
        rows.focus(taskId);
      },
      rename: (taskId) => latest.current.rows.setRenaming(taskId),
      endRename(taskId) {
        const { rows } = latest.current;
        rows.setRenaming(null);
        rows.focusNext(taskId);
      },
      change: (task, changes) => latest.current.actions.change(task, changes),
      complete(task, completed) {
        const { actions, rows, view } = latest.current;
        if (!belongs({ ...task, completed }, view)) {
          rows.linger(task.id);
          leaveRow(task.id);
        }
        actions.complete(task, completed);
      },
      remove(task) {
        leaveRow(task.id);
        latest.current.actions.remove(task);
      },
      pickDueDate: (taskId) => latest.current.rows.setDueDate(taskId),
      retry: (taskId) => latest.current.workspace.outbox.retry(taskId),
      discard(taskId) {
        leaveRow(taskId);
        latest.current.workspace.outbox.discard(taskId);
      },
      keepMine: (taskId) => latest.current.workspace.outbox.keepMine(taskId),
      takeTheirs: (taskId) => void latest.current.workspace.outbox.takeTheirs(taskId),
    };
  }, []);
}
