import type { BrowserContext } from "@playwright/test";
import { expectSoundPage } from "./support/axe";
import { press, typeInto } from "./support/keys";
import { nextMailAbout } from "./support/mail";
import { openPage } from "./support/open-page";
import { signInOtherBrowser } from "./support/other-browser";
import { emailField, signInByKeys } from "./support/sign-in-page";
import { signUpIn } from "./support/sign-up-in";
import { openTasks, runningPage, toast } from "./support/task-page";
import { expect, test } from "./support/test";

test.use({
  contextOptions: { reducedMotion: "reduce" },
  expectedErrors: [/status of 40[01]/],
});

const newPassword = "an even longer and quieter night";

test("a forgotten password is reset by keyboard, which ends the old session", async ({
  page,
  browser,
}) => {
  const formerBrowser = await browser.newContext();
  const person = await signUpIn(formerBrowser);

  await test.step("asks for the link", async () => {
    await openPage(page, "/sign-in");
    await press(page, page.getByRole("link", { name: "Forgot your password?" }));
    await expect(page).toHaveURL("/forgot-password");
    await typeInto(page, emailField(page), "nobody");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Enter an e-mail address, such as")).toBeVisible();
    await expectSoundPage(page);
    await typeInto(page, emailField(page), person.email);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Check your mail" })).toBeFocused();
    await expectSoundPage(page);
  });

  const { link } = await nextMailAbout(person.email, /^Reset your password$/);
  const field = page.getByRole("textbox", { name: "New password" });

  await test.step("a scanner that opens the link changes nothing", async () => {
    expect((await fetch(link)).status).toBe(200);
    expect(await isSignedIn(formerBrowser)).toBe(true);
  });

  await test.step("chooses a new one", async () => {
    await openPage(page, link);
    await expect(page).toHaveURL("/reset-password");
    await typeInto(page, field, "too short");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Use at least 12 characters. This one has 9.")).toBeVisible();
    await expectSoundPage(page);
    await typeInto(page, field, newPassword);
    await page.keyboard.press("Enter");
    await expect(page.getByText("Your password is changed.")).toBeVisible();
    await expectSoundPage(page);
    expect(await isSignedIn(formerBrowser)).toBe(false);
  });

  await test.step("the old one is of no use, the new one signs in", async () => {
    await signInByKeys(page, person.email, person.password);
    await expect(page.getByText("do not belong to an account")).toBeVisible();
    await expectSoundPage(page);
    await signInByKeys(page, person.email, newPassword);
    await expect(page).toHaveURL("/tasks");
    await runningPage(page);
  });

  await test.step("the link used twice says so", async () => {
    await openPage(page, link);
    await typeInto(page, field, "one more password for tonight");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "This link does not work" })).toBeFocused();
    await expectSoundPage(page);
    await press(page, page.getByRole("link", { name: "Get a new link" }));
    await expect(page).toHaveURL("/forgot-password");
  });
  await formerBrowser.close();
});

test("changing the password by keyboard ends another browser's session, and this one stays", async ({
  page,
  person,
  browser,
}) => {
  const otherBrowser = await signInOtherBrowser(browser, person);
  const opener = page.getByRole("button", { name: "Change password" });
  const dialog = page.getByRole("dialog", { name: "Change password" });
  const current = dialog.getByRole("textbox", { name: "Current password" });
  const next = dialog.getByRole("textbox", { name: "New password" });
  await openPage(page, "/settings/security");
  await press(page, opener);
  await expect(current).toBeFocused();
  await expectSoundPage(page);

  await typeInto(page, current, "not the password of anybody");
  await typeInto(page, next, newPassword);
  await page.keyboard.press("Enter");
  await expect(current).toHaveAttribute("aria-invalid", "true");
  await expect(current).toBeFocused();
  await expectSoundPage(page);
  expect(await isSignedIn(otherBrowser)).toBe(true);

  await typeInto(page, current, person.password);
  await page.keyboard.press("Enter");
  await expect(toast(page)).toContainText("Your password is changed.");
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
  await expectSoundPage(page);
  await nextMailAbout(person.email, /^Your password was changed$/);

  expect(await isSignedIn(otherBrowser)).toBe(false);
  await openTasks(page);
  const again = await signInOtherBrowser(browser, { ...person, password: newPassword });
  await expect(signInOtherBrowser(browser, person)).rejects.toThrow("401");
  await Promise.all([otherBrowser.close(), again.close()]);
});

async function isSignedIn(browser: BrowserContext): Promise<boolean> {
  return (await browser.request.get("/api/auth/token")).ok();
}
