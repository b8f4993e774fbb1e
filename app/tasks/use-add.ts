import { useCallback } from "react";
import { addedElsewhereWords } from "./change-words";
import { belongs, defaultView, type TaskView } from "./task-view";
import type { ChangeToasts } from "./use-change-toasts";
import type { TaskActions } from "./use-task-actions";

/** Adds a task; where the view would hide it, says so and offers to show it. */
export function useAdd(
  add: TaskActions["add"],
  toasts: ChangeToasts,
  view: TaskView,
  change: (changes: Partial<TaskView>) => void,
): (title: string) => void {
  return useCallback(
    (title) => {
      const task = add(title);
      if (belongs(task, view)) {
        return;
      }
      const action = { label: "Show", run: () => change(defaultView) };
      toasts.say(addedElsewhereWords, { taskId: task.id, title, action });
    },
    [add, toasts, view, change],
  );
}
