import type { Page } from "@playwright/test";
import { expectSoundPage } from "./support/axe";
import { press, tabTo, typeInto } from "./support/keys";
import { answeringPage, openPage } from "./support/open-page";
import { signInOtherBrowser } from "./support/other-browser";
import { composer, openTasks, runningPage, toast } from "./support/task-page";
import { expect, test } from "./support/test";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("name, time zone, clock and theme save themselves by keyboard and are there after a reload", async ({
  page,
  person,
  browser,
}) => {
  const name = page.getByRole("textbox", { name: "Name" });
  const timeZone = page.getByRole("combobox", { name: "Time zone" });
  const weekStart = page.getByRole("combobox", { name: "First day of the week" });
  const clock = page.getByRole("combobox", { name: "Clock" });
  const dark = page.getByRole("radio", { name: "Dark" });
  const html = page.locator("html");

  await test.step("a name that cannot be is explained", async () => {
    await openPage(page, "/settings");
    await tabTo(page, name);
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Enter a name. Any name will do.")).toBeVisible();
    await expect(name).toBeFocused();
    await expectSoundPage(page);
  });

  await test.step("saves", async () => {
    await typeInto(page, name, "Robin Kiran");
    await typeInto(page, timeZone, "Asia/Tok");
    await typeInto(page, weekStart, "Sun");
    await typeInto(page, clock, "12");
    await expect(page.getByRole("status").filter({ hasText: "Saved" }).first()).toBeVisible();
    await expectProfile(page, { name: "Robin Kiran" });
    await expectSoundPage(page);
    await page.emulateMedia({ colorScheme: "light" });
    await tabTo(page, page.getByRole("radio", { name: "System" }));
    const kept = page.waitForResponse("**/api/auth/update-user");
    await page.keyboard.press("ArrowLeft");
    await expect(dark).toBeChecked();
    await expect(html).toHaveAttribute("data-theme", "dark");
    expect((await kept).status()).toBe(200);
  });

  await test.step("all of it is there after a reload", async () => {
    await openPage(page, "/settings");
    await expect(name).toHaveValue("Robin Kiran");
    await expect(timeZone).toHaveValue("Asia/Tokyo");
    await expect(weekStart).toHaveValue("sunday");
    await expect(clock).toHaveValue("12");
    await expect(dark).toBeChecked();
    await expect(html).toHaveAttribute("data-theme", "dark");
  });

  await test.step("theme, clock and time zone follow to another browser", async () => {
    const otherBrowser = await signInOtherBrowser(browser, person);
    const otherPage = await otherBrowser.newPage();
    await openTasks(otherPage);
    await expect(otherPage.locator("html")).toHaveAttribute("data-theme", "dark");
    await openPage(otherPage, "/settings/sessions");
    const there = new Intl.DateTimeFormat("en-GB", {
      timeZone: "Asia/Tokyo",
      hour: "numeric",
      hourCycle: "h12",
    });
    const [hour = ""] = there.format(new Date()).split(" ");
    await expect(otherPage.getByText(/First seen/).first()).toContainText(
      new RegExp(`, (${hour}|${((Number(hour) + 10) % 12) + 1}):\\d\\d.[ap]m`, "i"),
    );
    await otherBrowser.close();
  });
});

test("a profile that is left in the middle of a word keeps it: by a link, by Back, by closing the tab", async ({
  page,
  person: _,
}) => {
  const name = page.getByRole("textbox", { name: "Name" });
  await openTasks(page);
  await openPage(page, "/settings");

  await test.step("by a link", async () => {
    await typeInto(page, name, "Robin of the link");
    await page.getByRole("link", { name: "Sessions" }).click();
    await expect(page.getByRole("heading", { name: "Sessions", exact: true })).toBeVisible();
    await expectProfile(page, { name: "Robin of the link" });
    await page.getByRole("link", { name: "Profile" }).click();
    await expect(name).toHaveValue("Robin of the link");
  });

  await test.step("by Back, and what cannot be a name is told of", async () => {
    await typeInto(page, name, "Robin of Back");
    await page.goBack();
    await expectProfile(page, { name: "Robin of Back" });
    await page.getByRole("link", { name: "Profile" }).click();
    await expect(name).toHaveValue("Robin of Back");
    await typeInto(page, name, " ");
    await page.goBack();
    await expect(toast(page)).toContainText("Your name was not changed. Enter a name.");
    await toast(page).getByRole("button", { name: "Go back" }).click();
    await expect(name).toHaveValue(" ");
    await expect(page.getByText("Enter a name. Any name will do.")).toBeVisible();
  });

  await test.step("by closing the tab, before which the browser asks", async () => {
    await typeInto(page, name, "Robin of the closed tab");
    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe("beforeunload");
    await question.accept();
    const other = await page.context().newPage();
    await expectProfile(other, { name: "Robin of the closed tab" });
  });
});

test("single-key shortcuts are turned off by keyboard, and letters then do nothing", async ({
  page,
  person: _,
}) => {
  await openTasks(page);
  await press(page, page.getByRole("button", { name: "Account" }));
  await tabTo(page, page.getByRole("menuitem", { name: "Settings" }), "ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/settings");
  await answeringPage(page);
  const group = page.getByRole("group", { name: "Single-key shortcuts" });
  await tabTo(page, group.getByRole("radio", { name: "On" }));
  const kept = page.waitForResponse("**/api/auth/update-user");
  await page.keyboard.press("ArrowRight");
  expect((await kept).status()).toBe(200);
  await page.goBack();
  await runningPage(page);
  await page.keyboard.press("q");
  await page.keyboard.press("?");
  await expect(composer(page)).not.toBeFocused();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await press(page, page.getByRole("button", { name: "Keyboard shortcuts" }));
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText(
    "Single keys are turned off in Settings.",
  );
  await expectSoundPage(page);
});

/** Expects that the account holds these values. */
async function expectProfile(page: Page, values: object): Promise<void> {
  const stored = async () => (await page.request.get("/api/auth/get-session")).json();
  await expect.poll(stored).toMatchObject({ user: values });
}
