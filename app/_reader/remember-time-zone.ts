import { timeZoneCookie } from "./reader-clock";

const cookieMilliseconds = 365 * 86_400_000;

/** Leaves the browser's time zone in a cookie, so that the next page comes with the right dates. */
export function rememberTimeZone(): void {
  // Where a browser has no Cookie Store, the server goes on without.
  if (!("cookieStore" in window)) {
    return;
  }
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const expires = Date.now() + cookieMilliseconds;
  void cookieStore.set({ name: timeZoneCookie, value: timeZone, expires, sameSite: "lax" });
}
