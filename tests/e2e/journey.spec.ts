import { randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import {
  addTask,
  choose,
  completion,
  composer,
  details,
  expectAllSaved,
  expectTitles,
  openTasks,
  row,
  runningPage,
  searchField,
  summary,
  toast,
} from "./support/task-page";
import { expect, test } from "./support/test";

const tips = [
  "Tick the circle to complete this task",
  "Open a task and write a note",
  "Give a task a due date and a priority",
  "Work from the keyboard",
  "Use your tasks from a script",
];

test("a person keeps tasks from sign-up to sign-out, and Back shows none of them", async ({
  page,
}) => {
  await test.step("signs up on one screen and finds the first tips", async () => {
    await page.goto("/");
    await page.getByRole("link", { name: "Create an account" }).click();
    await signUpByForm(page);
    await expect(page).toHaveURL("/tasks");
    await expectTitles(page, tips);
  });

  await test.step("adds a task, and the field stays open and empty", async () => {
    await runningPage(page);
    await addTask(page, "Pay rent");
    await expectTitles(page, ["Pay rent", ...tips]);
    await expect(composer(page)).toBeFocused();
    await expect(composer(page)).toHaveValue("");
  });

  await test.step("renames it in place", async () => {
    await summary(page, "Pay rent").dblclick();
    const field = page.getByRole("textbox", { name: "Title" });
    await expect(field).toHaveValue("Pay rent");
    await field.fill("Pay the rent");
    await field.press("Enter");
    await expect(summary(page, "Pay the rent")).toBeFocused();
  });

  await test.step("describes it, and the notes save by themselves", async () => {
    await summary(page, "Pay the rent").click();
    const open = details(page, "Pay the rent");
    await open.getByRole("textbox", { name: "Notes" }).fill("The account number is in the safe.");
    await expect(open.getByText("Saved", { exact: true })).toBeVisible();
  });

  await test.step("gives it a priority and a due date", async () => {
    await details(page, "Pay the rent").getByRole("radio", { name: "High" }).check();
    await details(page, "Pay the rent").getByRole("button", { name: "Due date" }).click();
    await page
      .getByRole("dialog", { name: "Due date: Pay the rent" })
      .getByRole("button", { name: "Tomorrow" })
      .click();
    await expect(summary(page, "Pay the rent")).toContainText("Tomorrow");
    await expect(summary(page, "Pay the rent")).toContainText("High priority");
    await summary(page, "Pay the rent").click();
    await expectAllSaved(page);
  });

  await test.step("completes it and takes that back", async () => {
    await completion(page, "Pay the rent").click();
    await expectTitles(page, tips);
    await toast(page).getByRole("button", { name: "Undo" }).click();
    await expectTitles(page, ["Pay the rent", ...tips]);
    await expect(completion(page, "Pay the rent")).not.toBeChecked();
    await expect(summary(page, "Pay the rent")).toContainText("Tomorrow");
  });

  await test.step("deletes it and takes that back", async () => {
    await expectAllSaved(page);
    await choose(page, "Pay the rent", /^Delete/);
    await expectTitles(page, tips);
    await toast(page).getByRole("button", { name: "Undo" }).click();
    await expectTitles(page, ["Pay the rent", ...tips]);
    await expect(summary(page, "Pay the rent")).toContainText("High priority");
    await expectAllSaved(page);
  });

  await test.step("filters by status", async () => {
    await completion(page, "Work from the keyboard").click();
    await expect(row(page, "Work from the keyboard")).toBeHidden();
    await page.getByRole("radio", { name: "Completed" }).click();
    await expectTitles(page, ["Work from the keyboard"]);
    await expect(page).toHaveURL("/tasks?status=completed");
    await page.getByRole("radio", { name: "All" }).click();
    await expectTitles(page, ["Pay the rent", ...tips]);
    await page.goBack();
    await expectTitles(page, ["Work from the keyboard"]);
    await page.getByRole("radio", { name: "Open" }).click();
  });

  await test.step("searches titles and notes", async () => {
    await searchField(page).fill("SAFE");
    await expectTitles(page, ["Pay the rent"]);
    await expect(page).toHaveURL("/tasks?q=SAFE");
    await searchField(page).fill("nothing like this");
    await expect(page.getByText("No task matches “nothing like this”")).toBeVisible();
    await searchField(page).press("Escape");
    await expect(row(page, "Pay the rent")).toBeVisible();
  });

  await test.step("finds all of it again after a reload", async () => {
    await expectAllSaved(page);
    await page.reload();
    await runningPage(page);
    await expectTitles(page, [
      "Pay the rent",
      ...tips.filter((tip) => tip !== "Work from the keyboard"),
    ]);
  });

  await test.step("signs out, and Back shows no task", async () => {
    await page.getByRole("button", { name: "Account" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goBack();
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await expect(page.getByText("Pay the rent")).toHaveCount(0);
  });
});

test("a second person in the same browser sees nothing of the first", async ({
  page,
  context,
  person,
}) => {
  await openTasks(page);
  await addTask(page, "A secret of the first person");
  await composer(page).fill("Half a thought of the first person");
  await expectAllSaved(page);
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);

  await page.goto("/sign-up");
  await signUpByForm(page);
  await runningPage(page);
  await expectTitles(page, tips);
  await expect(composer(page)).toHaveValue("");
  for (const path of ["/tasks?status=all", "/tasks?q=person", "/settings"]) {
    await page.goto(path);
    await expect(page.getByText("of the first person")).toHaveCount(0);
    await expect(page.getByText(person.email)).toHaveCount(0);
  }
  expect(await keptByTheBrowser(page, context)).not.toContain("first person");
});

test("the first HTML holds the list, and a browser without scripts shows it", async ({
  page,
  person,
  browser,
}) => {
  await openTasks(page);
  await addTask(page, "Call the plumber");
  await addTask(page, "Water the <plants> & herbs");
  await expectAllSaved(page);

  const html = await (await page.request.get("/tasks")).text();
  expect(html).toContain("Water the &lt;plants&gt; &amp; herbs");
  expect(html).toContain("Call the plumber");

  const withoutScripts = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const still = await withoutScripts.newPage();
  await still.goto("/tasks");
  await expectTitlesWithoutScripts(still, ["Water the <plants> & herbs", "Call the plumber"]);
  expect(html).not.toContain(person.token);
  await withoutScripts.close();
});

async function expectTitlesWithoutScripts(page: Page, titles: string[]) {
  await expect(page.getByRole("list", { name: "Tasks" }).getByRole("listitem")).toHaveCount(
    titles.length,
  );
  for (const title of titles) {
    await expect(completion(page, title)).toBeVisible();
  }
}

async function signUpByForm(page: Page) {
  await page.getByRole("textbox", { name: "E-mail" }).fill(`robin-${randomUUID()}@example.com`);
  await page.getByRole("textbox", { name: "Password" }).fill("a long and quiet evening");
  await page.getByRole("button", { name: "Create account" }).click();
}

/** All that scripts and the disk keep of this site, as one text. */
async function keptByTheBrowser(page: Page, context: BrowserContext): Promise<string> {
  const storage = await context.storageState();
  const ofTheTab = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  return JSON.stringify(storage) + ofTheTab;
}
