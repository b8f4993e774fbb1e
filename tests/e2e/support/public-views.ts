import { expect, type Page } from "@playwright/test";
import { emailField, passwordField } from "./sign-in-page";
import type { View } from "./view";

/** The guides beside the API's reference, in their order. */
export const guidePaths = [
  "/docs/quick-start",
  "/docs/tokens",
  "/docs/errors",
  "/docs/pagination",
  "/docs/requests",
  "/docs/limits",
  "/docs/device-sign-in",
  "/docs/export",
  "/docs/changelog",
];

/** What somebody sees who is signed out. */
export const publicViews: View[] = [
  { name: "the landing page", path: "/" },
  { name: "a missing page", path: "/no-such-page" },
  { name: "the API reference", path: "/docs" },
  ...guidePaths.map((path) => ({ name: `the guide ${path}`, path })),
  { name: "sign-in", path: "/sign-in" },
  { name: "sign-in after a reset", path: "/sign-in?reset=1" },
  { name: "sign-in that a provider refused", path: "/sign-in?error=access_denied" },
  {
    name: "sign-in with errors",
    path: "/sign-in",
    act: (page) => sendForm(page, {}, "Enter your password."),
  },
  {
    name: "sign-in with a wrong password",
    path: "/sign-in",
    act: (page) =>
      sendForm(
        page,
        { email: "nobody@example.com", password: "not the password of anybody" },
        "do not belong to an account",
      ),
  },
  { name: "sign-up", path: "/sign-up" },
  {
    name: "sign-up with errors",
    path: "/sign-up",
    act: (page) =>
      sendForm(page, { email: "nobody", password: "short" }, "Use at least 12 characters."),
  },
  { name: "asking for a reset", path: "/forgot-password" },
  { name: "a new password to choose", path: "/reset-password?token=abc" },
  { name: "a link for a reset that was cut short", path: "/reset-password" },
  { name: "a link for an address that does not work", path: "/verify-email?token=abc" },
  { name: "a way to a link for the address", path: "/verify-email" },
  { name: "a deleted account", path: "/account-deleted" },
];

/** Sends the form that stands and waits for what it says. */
async function sendForm(
  page: Page,
  { email = "", password = "" }: { email?: string; password?: string },
  said: string,
): Promise<void> {
  await emailField(page).fill(email);
  await passwordField(page).fill(password);
  await page.getByRole("button", { name: /^(Sign in|Create account)$/ }).click();
  await expect(page.getByText(said)).toBeVisible();
}
