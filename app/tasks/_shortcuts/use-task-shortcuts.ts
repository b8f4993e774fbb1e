import type { RowCommands } from "@/app/tasks/_actions/use-row-commands";
import type { TaskActions } from "@/app/tasks/_actions/use-task-actions";
import { focusedTaskId } from "@/app/tasks/_focus/row-focus";
import type { useRowState } from "@/app/tasks/_focus/use-row-state";
import type { Task } from "@/lib/operations/tasks/schemas";
import { type ShortcutHandlers, useShortcuts } from "./use-shortcuts";

export type TaskShortcutContext = {
  tasks: readonly Task[];
  rows: ReturnType<typeof useRowState>;
  commands: RowCommands;
  actions: TaskActions;
  onSearch: () => void;
  onCompose: () => void;
  onHelp: () => void;
  hasSingleKeys: boolean;
};

/** What the keys of the registry do in the list. */
export function useTaskShortcuts(context: TaskShortcutContext) {
  const { tasks, rows, commands, actions, onSearch, onCompose, onHelp } = context;

  function withTask(run: (task: Task) => void): () => boolean {
    return () => {
      const taskId = focusedTaskId();
      const task = tasks.find(({ id }) => id === taskId);
      if (task) {
        run(task);
      }
      return task !== undefined;
    };
  }

  function move(step: 1 | -1): () => boolean {
    return () => {
      const from = focusedTaskId() ?? rows.currentId;
      const index = tasks.findIndex(({ id }) => id === from);
      const target = index === -1 ? tasks[0] : tasks[index + step];
      if (target) {
        rows.focus(target.id);
      }
      return tasks.length > 0;
    };
  }

  function always(run: () => void): () => boolean {
    return () => {
      run();
      return true;
    };
  }

  const handlers: ShortcutHandlers = {
    add: always(onCompose),
    search: always(onSearch),
    help: always(onHelp),
    next: move(1),
    previous: move(-1),
    complete: withTask((task) => commands.complete(task, !task.completed)),
    rename: withTask((task) => commands.rename(task.id)),
    priorityHigh: withTask((task) => commands.change(task, { priority: "high" })),
    priorityMedium: withTask((task) => commands.change(task, { priority: "medium" })),
    priorityLow: withTask((task) => commands.change(task, { priority: "low" })),
    priorityNone: withTask((task) => commands.change(task, { priority: "none" })),
    dueDate: withTask((task) => commands.pickDueDate(task.id)),
    noDueDate: withTask((task) => commands.change(task, { dueDate: null })),
    remove: withTask((task) => commands.remove(task)),
    undo: () => {
      const taskId = actions.undo();
      if (taskId !== null) {
        rows.focusNext(taskId);
      }
      return taskId !== null;
    },
  };
  useShortcuts(handlers, context.hasSingleKeys);
}
