import type { Locator, Page } from "@playwright/test";
import { press, typeInto } from "./keys";
import { answeringPage } from "./open-page";

export function emailField(page: Page): Locator {
  return page.getByRole("textbox", { name: "E-mail" });
}

export function passwordField(page: Page): Locator {
  return page.getByRole("textbox", { name: "Password", exact: true });
}

/** Fills in and sends the form of the sign-in page that stands, by keyboard. */
export async function signInByKeys(page: Page, email: string, password: string): Promise<void> {
  await answeringPage(page);
  await typeInto(page, emailField(page), email);
  await typeInto(page, passwordField(page), password);
  await page.keyboard.press("Enter");
}

/** Signs out on the settings page, by keyboard. */
export async function signOutByKeys(page: Page): Promise<void> {
  await page.goto("/settings");
  await answeringPage(page);
  await press(page, page.getByRole("button", { name: "Sign out" }));
  await page.waitForURL(/\/sign-in$/);
  await answeringPage(page);
}
