import { notifyManager, QueryClient } from "@tanstack/react-query";
import { readView, type TaskView, viewPath } from "@/app/tasks/_view/task-view";
import { type Api, browserApi, createApi } from "@/lib/client/api";
import { createFeedFollower, type FeedFollower } from "@/lib/client/feed-follower";
import type { SyncedRow } from "@/lib/operations/sync";
import type { Task } from "@/lib/operations/tasks/schemas";
import { createTaskOutbox, type TaskOutbox } from "./task-outbox";
import { isNews, mayBeGone, type Pages, withoutTask, withStored } from "./visible-tasks";

/** Everything of one signed-in person in this tab. */
export type Workspace = {
  userId: string;
  api: Api;
  queryClient: QueryClient;
  outbox: TaskOutbox;
  /** Brings what is changed elsewhere into the lists. */
  follower: FeedFollower;
  /** Forgets all of it, for the next person in this browser. */
  clear: () => void;
};

const forever = Number.POSITIVE_INFINITY;

export function listKey(userId: string, view: TaskView) {
  return ["tasks", userId, viewPath(view)] as const;
}

function viewOf(queryKey: readonly unknown[]): TaskView {
  const path = String(queryKey[2]);
  return readView(new URLSearchParams(path.split("?")[1] ?? ""));
}

function createWorkspace(userId: string, api: Api): Workspace {
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        gcTime: forever,
        staleTime: 5_000,
        // The site may run on this very machine, which a browser calls offline as well.
        networkMode: "always",
        refetchOnWindowFocus: "always",
        refetchOnReconnect: "always",
      },
    },
  });
  const lists = { queryKey: ["tasks", userId] };

  async function changeLists(change: (data: Pages, view: TaskView) => Pages) {
    // A list that is being read now may still lack what was just stored.
    const interrupted = queryClient.isFetching(lists) > 0;
    await queryClient.cancelQueries(lists);
    for (const query of queryClient.getQueryCache().findAll(lists)) {
      queryClient.setQueryData<Pages>(
        query.queryKey,
        (data) => (data ? change(data, viewOf(query.queryKey)) : data),
        { updatedAt: query.state.dataUpdatedAt },
      );
    }
    if (interrupted) {
      void queryClient.invalidateQueries(lists);
    }
    api.channel?.tell({ kind: "tasks-changed", userId });
    // The lists show the change before it leaves the outbox, so that no row flickers.
    await new Promise<void>((resolve) => notifyManager.schedule(resolve));
  }

  /** Where the answer may be older than a deletion elsewhere, the server is asked once more. */
  async function onStored(task: Task) {
    const doubtful = queryClient
      .getQueryCache()
      .findAll(lists)
      .filter(({ queryKey }) => {
        const data = queryClient.getQueryData<Pages>(queryKey);
        return data !== undefined && mayBeGone(data, task, viewOf(queryKey));
      });
    await changeLists((data, view) => withStored(data, task, view));
    for (const { queryKey } of doubtful) {
      void queryClient.invalidateQueries({ queryKey });
    }
  }

  const outbox = createTaskOutbox({
    api,
    isOnline: () => navigator.onLine,
    onStored,
    onRemoved: (taskId) => changeLists((data, view) => withoutTask(data, taskId, view)),
  });

  let isReading = false;
  let isToReadAgain = false;

  /** Reads the lists in sight again, to the end before once more, so that a stream of changes shows. */
  async function readAgain() {
    isToReadAgain = true;
    if (isReading) {
      return;
    }
    isReading = true;
    while (isToReadAgain) {
      isToReadAgain = false;
      await queryClient.invalidateQueries(lists);
    }
    isReading = false;
  }

  function readIfNews(rows: readonly SyncedRow[]) {
    const inSight = queryClient.getQueryCache().findAll({ ...lists, type: "active" });
    const hasNews = inSight.some(({ queryKey, state }) => {
      const data = queryClient.getQueryData<Pages>(queryKey);
      const isBeingRead = state.fetchStatus === "fetching";
      return isBeingRead || (data && rows.some((row) => isNews(data, row, viewOf(queryKey))));
    });
    if (rows.length > 0 && hasNews) {
      void readAgain();
    }
  }

  /** Rows of changes that this tab is just sending are looked at once the lists have their answers. */
  function onRows(rows: readonly SyncedRow[]) {
    void queryClient.invalidateQueries({ ...lists, type: "inactive", refetchType: "none" });
    const isBeingSent = ({ id }: SyncedRow) =>
      outbox.entries().some((entry) => entry.resourceId === id && entry.state === "sending");
    const ours = rows.filter(isBeingSent);
    readIfNews(rows.filter((row) => !ours.includes(row)));
    if (ours.length > 0) {
      const stop = outbox.subscribe(() => {
        if (!ours.some(isBeingSent)) {
          stop();
          readIfNews(ours);
        }
      });
    }
  }

  const follower = createFeedFollower({ api, onRows, onGap: () => void readAgain() });

  return {
    userId,
    api,
    queryClient,
    outbox,
    follower,
    clear() {
      follower.stop();
      outbox.clear();
      queryClient.clear();
      api.forget();
    },
  };
}

const opened = new Map<string, Workspace>();

/**
 * The workspace of this person: one per tab, which survives moving between pages. A render on the
 * server gets one of its own, so that no two people ever share one.
 */
export function openWorkspace(userId: string): Workspace {
  if (typeof window === "undefined") {
    return createWorkspace(userId, createApi(userId, null));
  }
  const known = opened.get(userId);
  if (known) {
    return known;
  }
  const workspace = createWorkspace(userId, browserApi(userId));
  opened.set(userId, workspace);
  return workspace;
}
