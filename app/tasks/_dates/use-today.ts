import { useEffect, useSyncExternalStore } from "react";
import { dateIn } from "@/app/_reader/calendar-date";
import { todayIn } from "@/app/_reader/reader-clock";
import { rememberTimeZone } from "@/app/_reader/remember-time-zone";

const checkMilliseconds = 20_000;

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
 * guess; the browser's time zone is left in a cookie so that the next guess is right.
 *
 * @param timeZone where the person says they are; null follows the browser
 */
export function useToday(guess: string | null, timeZone: string | null): string | null {
  useEffect(rememberTimeZone, []);
  return useSyncExternalStore(
    subscribe,
    () => todayIn(timeZone ?? undefined) ?? dateIn(new Date()),
    () => guess,
  );
}
