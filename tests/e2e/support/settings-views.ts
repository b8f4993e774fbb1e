import { expect } from "@playwright/test";
import type { View } from "./view";

/** What somebody sees of their account. */
export const settingsViews: View[] = [
  { name: "settings", path: "/settings" },
  { name: "security settings", path: "/settings/security" },
  {
    name: "security settings after a provider refused",
    path: "/settings/security?error=access_denied",
  },
  { name: "sessions", path: "/settings/sessions" },
  { name: "no API keys yet", path: "/settings/api-keys" },
  { name: "data settings", path: "/settings/data" },
  {
    name: "an export that failed",
    path: "/settings/data",
    prepare: (page) =>
      page.route("**/export-data", (route) =>
        route.fulfill({
          status: 503,
          json: { status: 503, code: "unavailable", detail: "Later." },
        }),
      ),
    act: async (page) => {
      await page.getByRole("button", { name: "Download your data" }).click();
      await expect(page.getByText("The server is not available right now.")).toBeVisible();
    },
  },
  { name: "a device's code to enter", path: "/device" },
  { name: "a link for a new address that was cut short", path: "/confirm-email-change" },
];
