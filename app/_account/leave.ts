import { timeZoneCookie } from "@/app/_reader/reader-clock";
import { addressReminderCookie } from "@/lib/client/address-reminder";

let isLeaving = false;

/** Whether this tab is on its way to another page already. */
export function isOnTheWay(): boolean {
  return isLeaving;
}

/**
 * Forgets everything that this browser keeps of the person and goes to another page, loaded afresh.
 * The server asks for the same by `Clear-Site-Data`, which browsers heed in secure contexts alone.
 */
export function leave(path: string): void {
  isLeaving = true;
  forgetPerson();
  window.location.replace(path);
}

function forgetPerson(): void {
  sessionStorage.clear();
  localStorage.clear();
  if (!("cookieStore" in window)) {
    return;
  }
  for (const name of [timeZoneCookie, addressReminderCookie]) {
    cookieStore.delete(name).catch(() => {
      // What stays then names nobody.
    });
  }
}
