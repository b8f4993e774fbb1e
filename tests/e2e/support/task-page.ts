import { expect, type Locator, type Page } from "@playwright/test";
import { answeringPage } from "./open-page";

/** Opens the list and waits until React runs it. */
export async function openTasks(page: Page, path = "/tasks"): Promise<void> {
  await page.goto(path);
  await runningPage(page);
}

/** Waits until the list that stands answers to keys and clicks. */
export async function runningPage(page: Page): Promise<void> {
  await expect(composer(page)).toBeVisible();
  await answeringPage(page);
}

export function composer(page: Page): Locator {
  return page.getByRole("textbox", { name: "New task" });
}

export function searchField(page: Page): Locator {
  return page.getByRole("searchbox", { name: "Search" });
}

export function row(page: Page, title: string): Locator {
  return page
    .getByRole("list", { name: "Tasks" })
    .getByRole("listitem")
    .filter({ has: page.getByRole("checkbox", { name: `Complete: ${title}`, exact: true }) });
}

/** What opens and closes a task's details: its title and what is known of it. */
export function summary(page: Page, title: string): Locator {
  return row(page, title).locator("button", { hasText: title }).first();
}

export function completion(page: Page, title: string): Locator {
  return page.getByRole("checkbox", { name: `Complete: ${title}`, exact: true });
}

/** The details of a task, when they are open. */
export function details(page: Page, title: string): Locator {
  return page.getByRole("region", { name: `Details: ${title}` });
}

/** A message of the app, with its button to take the change back. */
export function toast(page: Page): Locator {
  return page.getByRole("region", { name: "Notifications" });
}

export async function addTask(page: Page, title: string): Promise<void> {
  await composer(page).fill(title);
  await composer(page).press("Enter");
}

/** Chooses a command of a task's menu. */
export async function choose(page: Page, title: string, command: string | RegExp): Promise<void> {
  await row(page, title).hover();
  await page.getByRole("button", { name: `More: ${title}` }).click();
  const plain = page.getByRole("menuitem", { name: command });
  await plain.or(page.getByRole("menuitemradio", { name: command })).click();
  await expect(page.getByRole("menu")).toHaveCount(0);
}

/** Expects exactly these tasks in sight, in this order. */
export async function expectTitles(page: Page, titles: string[]): Promise<void> {
  const boxes = page.getByRole("checkbox", { name: /^Complete: / });
  await expect
    .poll(() =>
      boxes.evaluateAll((all) =>
        all.map((box) => box.getAttribute("aria-label")?.slice("Complete: ".length)),
      ),
    )
    .toEqual(titles);
}

/** Expects that every change has reached the server. */
export async function expectAllSaved(page: Page): Promise<void> {
  await expect(page.locator("[data-pending]")).toHaveCount(0);
}
