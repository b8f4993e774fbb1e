import { useCallback } from "react";
import { useToasts } from "@/app/_ui/toasts";
import { belongs, defaultView, type TaskView } from "./task-view";
import type { TaskActions } from "./use-task-actions";

/** Adds a task; where the view would hide it, says so and offers to show it. */
export function useAdd(
  add: TaskActions["add"],
  view: TaskView,
  change: (changes: Partial<TaskView>) => void,
): (title: string) => void {
  const { show } = useToasts();
  return useCallback(
    (title) => {
      const task = add(title);
      if (belongs(task, view)) {
        return;
      }
      const action = { label: "Show", onAction: () => change(defaultView) };
      show({ message: "Added to the open tasks", action });
    },
    [add, view, change, show],
  );
}
