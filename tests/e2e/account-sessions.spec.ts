import { expectSoundPage } from "./support/axe";
import { press } from "./support/keys";
import { openPage } from "./support/open-page";
import { signInOtherBrowser } from "./support/other-browser";
import { addTask, openTasks, toast } from "./support/task-page";
import { expect, test } from "./support/test";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("a session ended by keyboard is over in the other browser at once", async ({
  page,
  person,
  browser,
}) => {
  const otherBrowser = await signInOtherBrowser(browser, person);
  const otherPage = await otherBrowser.newPage();
  await openTasks(otherPage);
  await openPage(page, "/settings/sessions");
  const rows = page.getByRole("region", { name: "Where you are signed in" }).getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "This browser" })).toHaveCount(1);
  await expectSoundPage(page);

  await press(page, page.getByRole("button", { name: /^End session: / }));
  await expect(toast(page)).toContainText("Session ended");
  await expect(rows).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "Where you are signed in" })).toBeFocused();
  await expectSoundPage(page);

  await addTask(otherPage, "Written too late");
  await expect(otherPage.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
  await otherPage.goto("/settings");
  await expect(otherPage).toHaveURL(/\/sign-in\?next=/);
  await openTasks(page);
  await otherBrowser.close();
});

test("all other sessions are ended by keyboard, and this one stays", async ({
  page,
  person,
  browser,
}) => {
  const others = [
    await signInOtherBrowser(browser, person),
    await signInOtherBrowser(browser, person),
  ];
  await openPage(page, "/settings/sessions");
  await press(page, page.getByRole("button", { name: "End 2 other sessions" }));
  const asking = page.getByRole("dialog", { name: "End 2 other sessions?" });
  await expect(asking.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectSoundPage(page);
  await press(page, asking.getByRole("button", { name: "End sessions" }));
  await expect(page.getByText("Only here. No other browser is signed in.")).toBeVisible();
  await expect(asking).toHaveCount(0);
  for (const other of others) {
    expect((await other.request.get("/api/auth/token")).status()).toBe(401);
    await other.close();
  }
  await openTasks(page);
});
