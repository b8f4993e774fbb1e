import type { Page } from "@playwright/test";
import { answeringPage } from "./support/open-page";
import { expect, test } from "./support/test";

const icons = "com-manager-icon";

/** Does what password managers do: puts elements around each password field as soon as there is one. */
function insertIcons(name: string) {
  const done = new WeakSet<Element>();
  new MutationObserver(() => {
    for (const field of document.querySelectorAll("input[type=password]")) {
      if (done.has(field)) {
        continue;
      }
      done.add(field);
      const places: [Element | null, InsertPosition][] = [
        [field, "beforebegin"],
        [field, "afterend"],
        [field.parentElement, "beforeend"],
        [field.closest("form"), "afterbegin"],
      ];
      for (const [place, where] of places) {
        const icon = document.createElement(name);
        icon.attachShadow({ mode: "open" }).append("icon");
        place?.insertAdjacentElement(where, icon);
      }
    }
  }).observe(document, { childList: true, subtree: true });
}

/** Holds the code of pages back until it is let go. */
async function holdCode(page: Page): Promise<() => void> {
  let letGo = () => {};
  const wait = new Promise<void>((done) => {
    letGo = done;
  });
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    await wait;
    await route.continue();
  });
  return letGo;
}

for (const path of ["/sign-in", "/sign-up", "/reset-password?token=cut-short"]) {
  test(`${path} keeps what was typed beside the elements of a password manager`, async ({
    page,
  }) => {
    await page.addInitScript(insertIcons, icons);
    const letGo = await holdCode(page);
    await page.goto(path, { waitUntil: "commit" });
    const field = page.getByLabel(/^(Password|New password)$/);
    await field.fill("typed before the page runs");
    const early = await field.elementHandle();
    letGo();
    await answeringPage(page);
    await expect(field).toHaveValue("typed before the page runs");
    expect(await field.evaluate((now, before) => now === before, early)).toBe(true);
    await expect(page.locator(icons)).toHaveCount(4);
    await field.press("End");
    await page.keyboard.type(", and after");
    await page.getByRole("button", { name: "Show password" }).click();
    await expect(field).toHaveValue("typed before the page runs, and after");
    await expect(page.locator(icons)).toHaveCount(4);
  });
}
