import { focusManager } from "@tanstack/react-query";
import { useEffect } from "react";
import { isOnTheWay } from "@/app/_account/leave";
import { leaveTasks } from "./leave-tasks";
import type { Workspace } from "./workspace";

const retryMilliseconds = 30_000;

/**
 * What the tab does by itself: sends again what a later time may cure, reads the tasks again when it
 * comes to the front or the network returns, hears what other tabs tell, warns before unsaved
 * changes are lost, and shows nothing of a person who signed out.
 */
export function useWorkspaceEvents(workspace: Workspace) {
  useEffect(() => {
    const { api, outbox, queryClient, userId } = workspace;
    const retry = () => {
      const isSignedIn = api.session.state() === "open";
      if (isSignedIn && document.visibilityState === "visible") {
        outbox.retry();
      }
    };
    const warn = (event: BeforeUnloadEvent) => {
      if (outbox.entries().length > 0) {
        event.preventDefault();
      }
    };
    const reloadWhenRestored = (event: PageTransitionEvent) => {
      if (event.persisted) {
        window.location.reload();
      }
    };
    // A window beside another one is visible all the time, so only its focus says that it came to the front.
    const refetch = () => focusManager.onFocus();
    queryClient.mount();
    const timer = setInterval(retry, retryMilliseconds);
    window.addEventListener("online", retry);
    window.addEventListener("focus", retry);
    window.addEventListener("focus", refetch);
    window.addEventListener("beforeunload", warn);
    window.addEventListener("pageshow", reloadWhenRestored);
    const stopSession = api.session.subscribe(() => {
      if (api.session.state() === "open") {
        outbox.retry();
      }
      if (api.session.state() === "another-person") {
        leaveTasks(workspace, "/tasks");
      }
    });
    const stopTabs = api.channel?.listen((message) => {
      if (message.kind === "signed-out" && !isOnTheWay()) {
        leaveTasks(workspace, "/sign-in?next=/tasks");
      }
      if (message.kind === "tasks-changed" && message.userId === userId) {
        void queryClient.invalidateQueries({ queryKey: ["tasks", userId] });
      }
    });
    return () => {
      queryClient.unmount();
      clearInterval(timer);
      window.removeEventListener("online", retry);
      window.removeEventListener("focus", retry);
      window.removeEventListener("focus", refetch);
      window.removeEventListener("beforeunload", warn);
      window.removeEventListener("pageshow", reloadWhenRestored);
      stopSession();
      stopTabs?.();
    };
  }, [workspace]);
}
