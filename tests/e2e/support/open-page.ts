import { expect, type Page } from "@playwright/test";

/** Opens a page and waits until it answers to keys. */
export async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await answeringPage(page);
}

/**
 * Waits until React runs the page that stands. Its last effect gives both `theme-color` elements the
 * one color that counts.
 */
export async function answeringPage(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
  await page.waitForFunction(() => {
    const colors = Array.from(document.querySelectorAll('meta[name="theme-color"]'), (element) =>
      element.getAttribute("content"),
    );
    const main = document.querySelector("main") ?? document.body;
    const isTaken = Object.keys(main).some((key) => key.startsWith("__reactProps"));
    return isTaken && new Set(colors).size === 1;
  });
}
