import { readFileSync } from "node:fs";
import { expectSoundPage } from "./support/axe";
import { expectNothingLeft, leaveTraces } from "./support/browser-storage";
import { expectRefusedWithinASecond } from "./support/expect-refused-within-a-second";
import { press, typeInto } from "./support/keys";
import { openPage } from "./support/open-page";
import { bearer } from "./support/person";
import { lifelikeTasks } from "./support/shared-people";
import { signInByKeys } from "./support/sign-in-page";
import { keepOnly, storedTasks } from "./support/stored-tasks";
import { openTasks } from "./support/task-page";
import { expect, test } from "./support/test";

test.use({ contextOptions: { reducedMotion: "reduce" }, expectedErrors: [/status of 40[01]/] });

test("the export downloads by keyboard and holds everything but what signs in", async ({
  page,
  person,
  baseURL,
}) => {
  const url = baseURL ?? "";
  await keepOnly(url, person, lifelikeTasks);
  await openPage(page, "/settings/data");
  const download = page.waitForEvent("download");
  await press(page, page.getByRole("button", { name: "Download your data" }));
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.json$/);
  await expect(page.getByRole("status").filter({ hasText: "Downloaded" })).toBeVisible();
  await expectSoundPage(page);

  const text = readFileSync(await file.path(), "utf8");
  const exported = JSON.parse(text);
  const stored = await storedTasks(url, person);
  expect(stored).toHaveLength(lifelikeTasks.length);
  const present = exported.tasks.filter((task: { deletedAt: unknown }) => task.deletedAt === null);
  expect(present).toHaveLength(stored.length);
  expect(present).toEqual(
    expect.arrayContaining(
      stored.map(({ title, description, completed, priority, dueDate }) =>
        expect.objectContaining({ title, description, completed, priority, dueDate }),
      ),
    ),
  );
  expect(exported.profile).toMatchObject({ name: "Robin", email: person.email });
  expect(exported.sessions).toHaveLength(1);
  expect(exported.signInMethods).toMatchObject([{ method: "password" }]);
  for (const secret of [person.password, person.token, ...sessionTokens(person.cookie)]) {
    expect(text).not.toContain(secret);
  }
});

test("an account deleted by keyboard is gone, and nothing of it is left in the browser", async ({
  page,
  person,
  context,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const title = "Nobody may find this";
  await keepOnly(url, person, [{ title }]);
  const list = () => fetch(`${url}/api/tasks`, { headers: bearer(person.token) });
  const otherTab = await context.newPage();
  await openTasks(otherTab);
  await openTasks(page);
  await openPage(page, "/settings");
  await openPage(page, "/settings/data");
  await leaveTraces(page, title);
  expect((await list()).status).toBe(200);

  const dialog = page.getByRole("dialog", { name: "Delete your account?" });
  const field = dialog.getByRole("textbox", { name: "Password" });
  await press(page, page.getByRole("button", { name: "Delete account" }));
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expect(dialog).toContainText("1 task,");
  await expectSoundPage(page);
  await typeInto(page, field, "not the password of anybody");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("That is not your password.")).toBeVisible();
  await expectSoundPage(page);
  await typeInto(page, field, person.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/account-deleted");
  await expect(page.getByRole("heading", { name: "Your account is deleted" })).toBeVisible();
  await expectSoundPage(page);

  await expectRefusedWithinASecond(list);
  await expect(otherTab).toHaveURL(/\/sign-in/);
  const traces = [person.email, title];
  await expectNothingLeft(page, traces);
  expect(await page.content()).not.toContain(person.email);
  for (const _ of ["settings", "tasks"]) {
    await page.goBack();
    await expect(page).toHaveURL(/\/sign-in/);
    for (const trace of traces) {
      expect(await page.content()).not.toContain(trace);
    }
  }
  await signInByKeys(page, person.email, person.password);
  await expect(page.getByText("do not belong to an account")).toBeVisible();
});

function sessionTokens(cookie: string): string[] {
  const values = cookie.split("; ").map((pair) => pair.slice(pair.indexOf("=") + 1));
  return values.flatMap((value) => [value, decodeURIComponent(value).split(".")[0] ?? value]);
}
