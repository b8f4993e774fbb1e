import { useEffect, useRef } from "react";
import { isOnTheWay } from "@/app/_account/leave";

export interface Leaving {
  /** Hands over what can be saved at once, and says whether anything is still not stored. */
  isUnsaved: () => boolean;
  /** Called when the page was left within the app while something was not stored. */
  onLeft: () => void;
}

/**
 * Keeps what was typed from being lost without a word: the browser asks before the page is closed,
 * and `onLeft` is called after a link or Back.
 */
export function useLeaving(leaving: Leaving): void {
  const latest = useRef(leaving);
  useEffect(() => {
    latest.current = leaving;
  });

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      // A person who has signed out is not asked, so that nothing of theirs stays on the screen.
      if (latest.current.isUnsaved() && !isOnTheWay()) {
        event.preventDefault();
      }
    };
    // A phone may end a page that is out of sight without asking.
    const handOver = () => void latest.current.isUnsaved();
    window.addEventListener("beforeunload", ask);
    window.addEventListener("pagehide", handOver);
    document.addEventListener("visibilitychange", handOver);
    return () => {
      window.removeEventListener("beforeunload", ask);
      window.removeEventListener("pagehide", handOver);
      document.removeEventListener("visibilitychange", handOver);
      if (latest.current.isUnsaved()) {
        latest.current.onLeft();
      }
    };
  }, []);
}
