import { expect, type Page } from "@playwright/test";
import { openPage } from "./open-page";

export type View = {
  name: string;
  /** Who looks at it; nobody is signed out. */
  who: "nobody" | "filled" | "empty";
  reach: (page: Page) => Promise<void>;
};

/** The pages of an account, in the states that take no more than a look to reach. */
export const accountViews: View[] = [
  { name: "sign-in", who: "nobody", reach: (page) => openPage(page, "/sign-in") },
  {
    name: "sign-in with errors",
    who: "nobody",
    reach: async (page) => {
      await openPage(page, "/sign-in");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByText("Enter your password.")).toBeVisible();
    },
  },
  { name: "sign-up", who: "nobody", reach: (page) => openPage(page, "/sign-up") },
  {
    name: "sign-up with errors",
    who: "nobody",
    reach: async (page) => {
      await openPage(page, "/sign-up");
      await page.getByRole("textbox", { name: "E-mail" }).fill("nobody");
      await page.getByRole("textbox", { name: "Password" }).fill("short");
      await page.getByRole("button", { name: "Create account" }).click();
      await expect(page.getByText("Use at least 12 characters.")).toBeVisible();
    },
  },
  {
    name: "asking for a reset",
    who: "nobody",
    reach: (page) => openPage(page, "/forgot-password"),
  },
  {
    name: "sign-in after a reset",
    who: "nobody",
    reach: (page) => openPage(page, "/sign-in?reset=1"),
  },
  {
    name: "sign-in that a provider refused",
    who: "nobody",
    reach: (page) => openPage(page, "/sign-in?error=access_denied"),
  },
  {
    name: "sign-in with a wrong password",
    who: "nobody",
    reach: async (page) => {
      await openPage(page, "/sign-in");
      await page.getByRole("textbox", { name: "E-mail" }).fill("nobody@example.com");
      await page.getByRole("textbox", { name: "Password" }).fill("not the password of anybody");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByText("do not belong to an account")).toBeVisible();
    },
  },
  {
    name: "a new password to choose",
    who: "nobody",
    reach: (page) => openPage(page, "/reset-password?token=abc"),
  },
  {
    name: "a link for a reset that was cut short",
    who: "nobody",
    reach: (page) => openPage(page, "/reset-password"),
  },
  {
    name: "an address to confirm",
    who: "nobody",
    reach: (page) => openPage(page, "/verify-email?token=abc"),
  },
  {
    name: "a link for an address that does not work",
    who: "nobody",
    reach: async (page) => {
      await openPage(page, "/verify-email?token=abc");
      await page.getByRole("button", { name: "Confirm address" }).click();
      await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
    },
  },
  {
    name: "a way to a link for the address",
    who: "nobody",
    reach: (page) => openPage(page, "/verify-email"),
  },
  {
    name: "a deleted account",
    who: "nobody",
    reach: (page) => openPage(page, "/account-deleted"),
  },
  { name: "settings", who: "filled", reach: (page) => openPage(page, "/settings") },
  {
    name: "security settings",
    who: "filled",
    reach: (page) => openPage(page, "/settings/security"),
  },
  {
    name: "security settings after a provider refused",
    who: "filled",
    reach: (page) => openPage(page, "/settings/security?error=access_denied"),
  },
  { name: "sessions", who: "filled", reach: (page) => openPage(page, "/settings/sessions") },
  { name: "no API keys yet", who: "filled", reach: (page) => openPage(page, "/settings/api-keys") },
  { name: "data settings", who: "filled", reach: (page) => openPage(page, "/settings/data") },
  {
    name: "an export that failed",
    who: "filled",
    reach: async (page) => {
      await page.route("**/export-data", (route) =>
        route.fulfill({
          status: 503,
          json: { status: 503, code: "unavailable", detail: "Later." },
        }),
      );
      await openPage(page, "/settings/data");
      await page.getByRole("button", { name: "Download your data" }).click();
      await expect(page.getByText("The server is not available right now.")).toBeVisible();
    },
  },
  { name: "a device's code to enter", who: "filled", reach: (page) => openPage(page, "/device") },
  {
    name: "a link for a new address that was cut short",
    who: "filled",
    reach: (page) => openPage(page, "/confirm-email-change"),
  },
];
