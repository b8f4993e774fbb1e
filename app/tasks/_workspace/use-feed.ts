import { useEffect } from "react";
import type { Workspace } from "./workspace";

const hiddenMilliseconds = 60_000;
const signsOfUse = ["pointerdown", "pointermove", "keydown"] as const;

/**
 * Follows what is changed elsewhere while the page is in sight, and for a minute after.
 *
 * @param cursor where the feed stood before the first page was read
 */
export function useFeed({ api, follower }: Workspace, cursor: string) {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isVisible = () => document.visibilityState === "visible";
    const follow = () => {
      clearTimeout(timer);
      if (isVisible()) {
        follower.start(cursor);
      } else {
        timer = setTimeout(follower.stop, hiddenMilliseconds);
      }
    };
    // What was asked before the network was lost may never be answered.
    const askAgain = () => {
      if (isVisible()) {
        follower.stop();
        follower.start(cursor);
      }
    };
    const stopSession = api.session.subscribe(() => {
      if (api.session.state() === "open") {
        follow();
      }
    });
    follow();
    document.addEventListener("visibilitychange", follow);
    // The person may have signed in again elsewhere.
    window.addEventListener("focus", follow);
    window.addEventListener("online", askAgain);
    for (const sign of signsOfUse) {
      window.addEventListener(sign, follower.noteUse, { passive: true });
    }
    return () => {
      clearTimeout(timer);
      follower.stop();
      stopSession();
      document.removeEventListener("visibilitychange", follow);
      window.removeEventListener("focus", follow);
      window.removeEventListener("online", askAgain);
      for (const sign of signsOfUse) {
        window.removeEventListener(sign, follower.noteUse);
      }
    };
  }, [api, follower, cursor]);
}
