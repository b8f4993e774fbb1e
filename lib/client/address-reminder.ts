/** Remembers, until the browser is closed, that a person put the reminder to confirm away. */
export const addressReminderCookie = "address_reminder";

/** Puts the reminder away for this browser session. Where there is no cookie store, for this page. */
export function dismissAddressReminder(): void {
  if (!("cookieStore" in window)) {
    return;
  }
  void cookieStore.set({ name: addressReminderCookie, value: "off", sameSite: "lax" });
}
