import { timeZoneCookie } from "@/app/_reader/reader-clock";
import { addressReminderCookie } from "@/lib/client/address-reminder";

/** Leaves in this browser what the pages of a signed-in person leave there. */
export async function keepInBrowser(): Promise<void> {
  localStorage.setItem("theme", "dark");
  sessionStorage.setItem("draft", "Call Ada");
  await cookieStore.set(timeZoneCookie, "Pacific/Auckland");
  await cookieStore.set(addressReminderCookie, "off");
}

/** What this browser keeps that a script can see: the names of stored items and of cookies. */
export async function keptInBrowser(): Promise<string[]> {
  const cookies = await cookieStore.getAll();
  const names = cookies.map(({ name = "" }) => name);
  return [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...names];
}
