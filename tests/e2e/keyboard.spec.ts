import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { tabTo } from "./support/keys";
import { dateIn, keepOnly, storedTasks } from "./support/stored-tasks";
import {
  completion,
  composer,
  details,
  expectAllSaved,
  expectTitles,
  openTasks,
  runningPage,
  searchField,
  summary,
  toast,
} from "./support/task-page";
import { expect, test } from "./support/test";

test("everything from the landing page to sign-out goes by the keyboard alone", async ({
  page,
}) => {
  const { keyboard } = page;

  await test.step("signs up", async () => {
    await page.goto("/");
    await tabTo(page, page.getByRole("link", { name: "Skip to content" }));
    await tabTo(page, page.getByRole("link", { name: "Create an account" }));
    await keyboard.press("Enter");
    await expect(page).toHaveURL(/sign-up/);
    await expect(page.getByRole("button", { name: "Create account" })).toBeEnabled();
    await tabTo(page, page.getByRole("textbox", { name: "E-mail" }));
    await keyboard.type(`robin-${randomUUID()}@example.com`);
    await tabTo(page, page.getByRole("textbox", { name: "Password" }));
    await keyboard.type("a long and quiet evening");
    await keyboard.press("Enter");
    await expect(page).toHaveURL("/tasks");
    await runningPage(page);
  });

  await test.step("adds two tasks", async () => {
    await keyboard.press("q");
    await expect(composer(page)).toBeFocused();
    await keyboard.type("Learn the keys");
    await keyboard.press("Enter");
    await keyboard.type("Write a letter");
    await keyboard.press("Enter");
    await expect(summary(page, "Write a letter")).toBeVisible();
    await keyboard.press("Escape");
    await expectFocusInThePage(page);
  });

  await test.step("renames one", async () => {
    await keyboard.press("j");
    await expect(summary(page, "Write a letter")).toBeFocused();
    await keyboard.press("Control+e");
    await expect(page.getByRole("textbox", { name: "Title" })).toBeFocused();
    await keyboard.type("Write to Ada");
    await keyboard.press("Enter");
    await expect(summary(page, "Write to Ada")).toBeFocused();
  });

  await test.step("describes it, gives it a priority and a due date", async () => {
    await keyboard.press("Enter");
    await tabTo(page, details(page, "Write to Ada").getByRole("textbox", { name: "Notes" }));
    await keyboard.type("About the engine");
    await keyboard.press("Escape");
    await expect(summary(page, "Write to Ada")).toBeFocused();
    await keyboard.press("1");
    await expect(summary(page, "Write to Ada")).toContainText("High priority");
    await keyboard.press("t");
    const dates = page.getByRole("dialog", { name: "Due date: Write to Ada" });
    await tabTo(page, dates.getByRole("button", { name: "Tomorrow" }));
    await keyboard.press("Enter");
    await expect(summary(page, "Write to Ada")).toContainText("Tomorrow");
    await expect(summary(page, "Write to Ada")).toBeFocused();
  });

  await test.step("completes and deletes, and takes both back", async () => {
    await keyboard.press("e");
    await expect(completion(page, "Write to Ada")).toHaveCount(0);
    await expect(summary(page, "Learn the keys")).toBeFocused();
    await keyboard.press("z");
    await expect(summary(page, "Write to Ada")).toBeFocused();
    await keyboard.press("Shift+Delete");
    await expect(completion(page, "Write to Ada")).toHaveCount(0);
    await expect(summary(page, "Learn the keys")).toBeFocused();
    await keyboard.press("z");
    await expect(summary(page, "Write to Ada")).toBeFocused();
    await expect(summary(page, "Write to Ada")).toContainText("High priority");
  });

  await test.step("filters and searches", async () => {
    await keyboard.press("/");
    await expect(searchField(page)).toBeFocused();
    await keyboard.type("engine");
    await expectTitles(page, ["Write to Ada"]);
    await keyboard.press("Escape");
    await expect(completion(page, "Learn the keys")).toBeVisible();
    await keyboard.press("Escape");
    await expect(summary(page, "Write to Ada")).toBeFocused();
    await tabTo(page, page.getByRole("radio", { name: "Open" }), "Shift+Tab");
    await keyboard.press("ArrowRight");
    await expect(page).toHaveURL("/tasks?status=completed");
    await expect(page.getByText("Nothing completed yet")).toBeVisible();
    await expect(page.getByRole("radio", { name: "Completed" })).toBeFocused();
    await keyboard.press("ArrowLeft");
    await expect(page).toHaveURL("/tasks");
  });

  await test.step("signs out", async () => {
    await expectAllSaved(page);
    await tabTo(page, page.getByRole("button", { name: "Account" }), "Shift+Tab");
    await keyboard.press("Enter");
    await expect(page.getByRole("menu")).toBeVisible();
    await keyboard.press("End");
    await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeFocused();
    await keyboard.press("Enter");
    await expect(page).toHaveURL(/\/sign-in/);
  });
});

test.describe("in a list of three", () => {
  test.beforeEach(async ({ page, person, baseURL }) => {
    await keepOnly(baseURL ?? "", person, [
      { title: "Third" },
      { title: "Second" },
      { title: "First" },
    ]);
    await openTasks(page);
  });

  test("J and K, and the arrows among the tasks, move one by one and stop at the ends", async ({
    page,
  }) => {
    for (const [key, title] of [
      ["j", "First"],
      ["j", "Second"],
      ["ArrowDown", "Third"],
      ["j", "Third"],
      ["k", "Second"],
      ["ArrowUp", "First"],
      ["k", "First"],
    ] as const) {
      await page.keyboard.press(key);
      await expect(summary(page, title)).toBeFocused();
    }
  });

  test("1 to 4 and Shift+T act on the task with the focus, and reach the server", async ({
    page,
    person,
    baseURL,
  }) => {
    const url = baseURL ?? "";
    await page.keyboard.press("j");
    for (const [key, label] of [
      ["1", "High priority"],
      ["2", "Medium priority"],
      ["3", "Low priority"],
    ] as const) {
      await page.keyboard.press(key);
      await expect(summary(page, "First")).toContainText(label);
    }
    await page.keyboard.press("4");
    await expect(summary(page, "First")).not.toContainText("priority");
    await page.keyboard.press("2");
    await page.keyboard.press("t");
    const dates = page.getByRole("dialog", { name: "Due date: First" });
    await tabTo(page, dates.getByRole("button", { name: "Today" }));
    await page.keyboard.press("Enter");
    await expectAllSaved(page);
    const [, , first] = await storedTasks(url, person);
    expect(first).toMatchObject({ title: "First", priority: "medium", dueDate: dateIn(0) });

    await expect(summary(page, "First")).toBeFocused();
    await page.keyboard.press("Shift+T");
    await expect(summary(page, "First")).not.toContainText("Today");
    await page.keyboard.press("z");
    await expect(summary(page, "First")).toContainText("Today");
  });

  test("after completing and deleting, the focus goes to the neighbor and never to the body", async ({
    page,
  }) => {
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("e");
    await expect(summary(page, "Third")).toBeFocused();
    await expectTitles(page, ["First", "Third"]);
    await page.keyboard.press("Shift+Delete");
    await expect(summary(page, "First")).toBeFocused();
    await expectTitles(page, ["First"]);
    await page.keyboard.press("e");
    await expectTitles(page, []);
    await expect(composer(page)).toBeFocused();

    await tabTo(page, toast(page).getByRole("button", { name: "Undo" }).last(), "Shift+Tab");
    await page.keyboard.press("Enter");
    await expectTitles(page, ["First"]);
    await expectFocusInThePage(page);
  });

  test("Escape gives up a new name, and leaves every dialog to where the focus was", async ({
    page,
  }) => {
    await page.keyboard.press("j");
    await page.keyboard.press("Control+e");
    await page.keyboard.type("Never mind");
    await page.keyboard.press("Escape");
    await expect(summary(page, "First")).toBeFocused();
    await expectTitles(page, ["First", "Second", "Third"]);

    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(help).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
    await expect(summary(page, "First")).toBeFocused();

    await page.keyboard.press("t");
    const dates = page.getByRole("dialog", { name: "Due date: First" });
    await expect(dates).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dates).toBeHidden();
    await expect(summary(page, "First")).toBeFocused();

    await page.keyboard.press("Enter");
    await expect(details(page, "First")).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(details(page, "First")).toBeHidden();

    const more = page.getByRole("button", { name: "More: First" });
    await tabTo(page, more);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menu")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toHaveCount(0);
    await expect(more).toBeFocused();
  });

  test("a new name can be typed the moment Rename is chosen from the menu", async ({ page }) => {
    await summary(page, "First").focus();
    await page.getByRole("button", { name: "More: First" }).click();
    await page.getByRole("menuitem", { name: /^Rename/ }).click();
    await page.keyboard.type("First of all");
    await expect(page.getByRole("menu")).toHaveCount(0);
    const field = page.getByRole("textbox", { name: "Title" });
    await expect(field).toBeFocused();
    await expect(field).toHaveValue("First of all");
    await page.keyboard.press("Enter");
    await expect(summary(page, "First of all")).toBeFocused();
    await expectTitles(page, ["First of all", "Second", "Third"]);
    await expectAllSaved(page);
  });

  test("the menu shows the priority a task has, and returns the focus after another", async ({
    page,
  }) => {
    const more = page.getByRole("button", { name: "More: First" });
    await more.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitemradio", { name: /^No priority/ })).toBeChecked();
    await page.getByRole("menuitemradio", { name: /^High priority/ }).click();
    await expect(page.getByRole("menu")).toHaveCount(0);
    await expect(more).toBeFocused();
    await expect(summary(page, "First")).toContainText("High priority");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitemradio", { name: /^High priority/ })).toBeChecked();
    await page.keyboard.press("Escape");
    await expectAllSaved(page);
  });

  test("a chosen status shows at once, before the router has followed the URL", async ({
    page,
  }) => {
    const completed = page.getByRole("radio", { name: "Completed" });
    const isCheckedAtOnce = await completed.evaluate((radio: HTMLInputElement) => {
      radio.click();
      return radio.checked;
    });
    expect(isCheckedAtOnce).toBe(true);
    await expect(page).toHaveURL("/tasks?status=completed");
    await expect(completed).toBeChecked();
    await page.goBack();
    await expect(page.getByRole("radio", { name: "Open" })).toBeChecked();
    await expectTitles(page, ["First", "Second", "Third"]);
  });

  test("letters typed into a field are letters", async ({ page }) => {
    await page.keyboard.press("q");
    await page.keyboard.type("q/jke1z?");
    await expect(composer(page)).toHaveValue("q/jke1z?");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expectTitles(page, ["First", "Second", "Third"]);
  });
});

async function expectFocusInThePage(page: Page) {
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
}
