import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { type TaskView, viewFilters } from "@/app/tasks/_view/task-view";
import { call } from "@/lib/client/call";
import type { TaskPage } from "@/lib/client/task-api";
import type { Entry } from "./task-outbox";
import { type VisibleTasks, visibleTasks } from "./visible-tasks";
import { listKey, type Workspace } from "./workspace";

const noPages: TaskPage[] = [];
const firstCursor: string | null = null;

export type Tasks = VisibleTasks & {
  entries: readonly Entry[];
  /** Nothing of this view has arrived yet. */
  isLoading: boolean;
  /** What is shown is another view's, until this one arrives. */
  isApproximate: boolean;
  error: Error | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  reload: () => void;
};

/** The tasks of a view, the pages read so far, with the person's own changes on top. */
export function useTasks(
  workspace: Workspace,
  view: TaskView,
  firstPage: TaskPage | null,
  lingering: ReadonlySet<string>,
): Tasks {
  const { api, outbox, queryClient, userId } = workspace;
  const entries = useSyncExternalStore(outbox.subscribe, outbox.entries, outbox.entries);
  const query = useInfiniteQuery(
    {
      queryKey: listKey(userId, view),
      queryFn: ({ pageParam, signal }) => {
        const cursor = pageParam !== null && { cursor: pageParam };
        return call(api, "listTasks", { query: { ...viewFilters(view), ...cursor }, signal });
      },
      initialPageParam: firstCursor,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
      ...(firstPage ? { initialData: { pages: [firstPage], pageParams: [firstCursor] } } : {}),
    },
    queryClient,
  );
  const pages = query.data?.pages ?? noPages;
  const shown = useMemo(
    () => visibleTasks(pages, entries, view, lingering),
    [pages, entries, view, lingering],
  );
  return {
    ...shown,
    entries,
    isLoading: query.isPending,
    isApproximate: query.isPlaceholderData,
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage({ cancelRefetch: false }),
    reload: () => void query.refetch(),
  };
}
