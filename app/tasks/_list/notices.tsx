"use client";

import { useSyncExternalStore } from "react";
import { Banner } from "@/app/_ui/banner";
import { Button } from "@/app/_ui/button";
import type { Entry } from "@/app/tasks/_workspace/task-outbox";
import type { Tasks } from "@/app/tasks/_workspace/use-tasks";
import type { Workspace } from "@/app/tasks/_workspace/workspace";
import { isTemporary } from "@/lib/client/api-error";

function subscribeToConnection(listener: () => void) {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

function useIsOnline(): boolean {
  return useSyncExternalStore(
    subscribeToConnection,
    () => navigator.onLine,
    () => true,
  );
}

function waitingWords(entries: readonly Entry[]): string {
  const waiting = entries.filter((entry) => entry.state !== "conflict").length;
  if (waiting === 0) {
    return "You can go on; changes are kept until the connection is back.";
  }
  return `${waiting} ${waiting === 1 ? "change waits" : "changes wait"} for the connection.`;
}

/** What concerns the whole list: offline, signed out, not loaded, several changes not saved. */
export function Notices({ workspace, tasks }: { workspace: Workspace; tasks: Tasks }) {
  const { session } = workspace.api;
  const isOnline = useIsOnline();
  const state = useSyncExternalStore(session.subscribe, session.state, session.state);
  const failed = tasks.entries.filter(
    (entry) => entry.state === "failed" && isTemporary(entry.error),
  );

  if (state === "declined") {
    const action = <Button onClick={session.ask}>Sign in again</Button>;
    return (
      <Banner tone="info" action={action}>
        You are signed out. What you change now is kept here, but not saved.
      </Banner>
    );
  }
  if (!isOnline) {
    return <Banner tone="offline">You are offline. {waitingWords(tasks.entries)}</Banner>;
  }
  if (failed.length > 1) {
    const action = <Button onClick={() => workspace.outbox.retry()}>Retry all</Button>;
    return (
      <Banner tone="error" action={action}>
        {failed.length} changes are not saved.
      </Banner>
    );
  }
  if (tasks.error && !tasks.isLoadingMore && tasks.tasks.length === 0) {
    const action = <Button onClick={tasks.reload}>Try again</Button>;
    return (
      <Banner tone="error" action={action}>
        Your tasks could not be loaded.
      </Banner>
    );
  }
  return null;
}
