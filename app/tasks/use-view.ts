import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { readView, type TaskView, viewPath } from "./task-view";

/**
 * The view in the URL and how to change it. A choice becomes a step of the history; `replace`
 * is for changes while typing, which do not.
 */
export function useView() {
  const search = useSearchParams().toString();
  const view = useMemo(() => readView(new URLSearchParams(search)), [search]);
  return useMemo(
    () => ({
      view,
      change: (changes: Partial<TaskView>) => {
        window.history.pushState(null, "", viewPath({ ...view, ...changes }));
      },
      replace: (changes: Partial<TaskView>) => {
        window.history.replaceState(null, "", viewPath({ ...view, ...changes }));
      },
    }),
    [view],
  );
}
