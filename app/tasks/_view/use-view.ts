import { useSearchParams } from "next/navigation";
import { startTransition, useMemo, useOptimistic } from "react";
import { readView, type TaskView, viewPath } from "./task-view";

/**
 * The view in the URL and how to change it. A choice becomes a step of the history; `replace`
 * is for changes while typing, which do not. The router follows the URL in a transition; what is
 * chosen shows at once.
 */
export function useView() {
  const search = useSearchParams().toString();
  const viewInUrl = useMemo(() => readView(new URLSearchParams(search)), [search]);
  const [view, showAhead] = useOptimistic(viewInUrl);
  return useMemo(() => {
    function choose(changes: Partial<TaskView>, write: (path: string) => void) {
      const chosen = { ...view, ...changes };
      startTransition(() => {
        showAhead(chosen);
        write(viewPath(chosen));
      });
    }
    return {
      view,
      change: (changes: Partial<TaskView>) =>
        choose(changes, (path) => window.history.pushState(null, "", path)),
      replace: (changes: Partial<TaskView>) =>
        choose(changes, (path) => window.history.replaceState(null, "", path)),
    };
  }, [view, showAhead]);
}
