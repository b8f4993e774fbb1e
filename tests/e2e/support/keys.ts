import { expect, type Locator, type Page } from "@playwright/test";

const pressesMax = 60;

/** Presses Tab until the focus is there, as a person would who watches it move. */
export async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  // A page behind another one is drawn about once a second, and so are its turns of focus.
  await page.bringToFront();
  await expect(target).toBeVisible();
  for (let presses = 0; presses < pressesMax; presses += 1) {
    if (await target.evaluate(isFocusedAtRest)) {
      return;
    }
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

/** Asks once the page was drawn: a dialog turns the focus back a moment after it has passed its end. */
async function isFocusedAtRest(element: Element): Promise<boolean> {
  await new Promise<void>((drawn) => {
    requestAnimationFrame(() => requestAnimationFrame(() => drawn()));
  });
  return element === document.activeElement;
}

/** Goes to a button or a link by Tab and presses it. */
export async function press(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await expect(target).toBeEnabled();
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Goes to a field by Tab and types over what is in it. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}
