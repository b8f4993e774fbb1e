import type { Page } from "@playwright/test";
import type { Person } from "./support/person";
import { addTask, expectAllSaved, openTasks, row, summary } from "./support/task-page";
import { expect, test } from "./support/test";

test.use({ expectedErrors: [/Failed to load/] });

/** Opens the list and lets nothing through but the code that its first HTML asks for. */
async function openWithoutLazyParts(page: Page, person: Person) {
  const html = await (await page.request.get("/tasks")).text();
  expect(html).toContain(person.email);
  await page.route("**/_next/static/chunks/**", (route) => {
    const { pathname } = new URL(route.request().url());
    return html.includes(pathname) ? route.continue() : route.abort();
  });
  await openTasks(page);
}

test("a menu whose code does not arrive leaves the page standing, and opens at the next try", async ({
  page,
  person,
}) => {
  await openWithoutLazyParts(page, person);
  const account = page.getByRole("button", { name: "Account" });
  const notice = page.getByRole("alert").filter({ hasText: "This could not be loaded." });
  await account.click();
  await expect(notice).toBeVisible();
  await notice.getByRole("button", { name: "Try again" }).click();
  await expect(notice).toBeVisible();
  await notice.getByRole("button", { name: "Close" }).click();
  await expect(notice).toHaveCount(0);
  await expect(account).toBeFocused();
  await addTask(page, "Still here");
  await expect(row(page, "Still here")).toBeVisible();
  await expectAllSaved(page);

  await account.click();
  await expect(notice).toBeVisible();
  await page.unrouteAll();
  await notice.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("menu", { name: "Account" })).toContainText(person.email);
  await expect(notice).toHaveCount(0);
});

for (const [key, name] of [
  ["t", "Due date: Pay the rent"],
  ["?", "Keyboard shortcuts"],
] as const) {
  test(`so does “${name}”`, async ({ page, person }) => {
    await openWithoutLazyParts(page, person);
    await addTask(page, "Pay the rent");
    await expectAllSaved(page);
    const notice = page.getByRole("alert").filter({ hasText: "This could not be loaded." });
    for (const isLastTry of [false, true]) {
      await summary(page, "Pay the rent").focus();
      await page.keyboard.press(key);
      await expect(notice).toBeVisible();
      if (isLastTry) {
        await page.unrouteAll();
      }
      const choice = isLastTry ? "Try again" : "Close";
      await notice.getByRole("button", { name: choice }).click();
      await expect(notice).toHaveCount(0);
    }
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
}
