import { useEffect, useSyncExternalStore } from "react";
import { dateIn } from "./due-date-words";
import { timeZoneCookie } from "./reader-clock";

const checkMilliseconds = 20_000;
const cookieMilliseconds = 365 * 86_400_000;

function subscribe(listener: () => void) {
  const timer = setInterval(listener, checkMilliseconds);
  document.addEventListener("visibilitychange", listener);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", listener);
  };
}

/**
 * The reader's own date, also past midnight and after sleep. The first render takes the server's
 * guess; the time zone is left in a cookie so that the next guess is right.
 */
export function useToday(guess: string | null): string | null {
  useEffect(() => {
    // Where a browser has no Cookie Store, the server goes on without a guess.
    if (!("cookieStore" in window)) return;
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const expires = Date.now() + cookieMilliseconds;
    void cookieStore.set({ name: timeZoneCookie, value: timeZone, expires, sameSite: "lax" });
  }, []);
  return useSyncExternalStore(
    subscribe,
    () => dateIn(new Date()),
    () => guess,
  );
}
