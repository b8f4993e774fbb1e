import { timeZoneCookie } from "@/app/tasks/reader-clock";
import { addressReminderCookie } from "@/lib/client/address-reminder";

let isLeaving = false;

/** Whether this tab is on its way to another page already. */
export function isOnTheWay(): boolean {
  return isLeaving;
}

/** Forgets what this tab keeps of the person and goes to another page, loaded anew. */
export function leave(path: string): void {
  isLeaving = true;
  sessionStorage.clear();
  window.location.replace(path);
}

/** Forgets everything that this browser keeps of the person, as far as a script can. */
export function forgetPerson(): void {
  sessionStorage.clear();
  localStorage.clear();
  if (!("cookieStore" in window)) return;
  for (const name of [timeZoneCookie, addressReminderCookie]) {
    cookieStore.delete(name).catch(() => {
      // What stays then names nobody.
    });
  }
}
