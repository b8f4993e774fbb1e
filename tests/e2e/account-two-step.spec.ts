import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { expectSoundPage } from "./support/axe";
import { press, typeInto } from "./support/keys";
import { nextMailAbout } from "./support/mail";
import { openPage } from "./support/open-page";
import { signInOtherBrowser } from "./support/other-browser";
import { signInByKeys, signOutByKeys } from "./support/sign-in-page";
import { runningPage, toast } from "./support/task-page";
import { expect, test } from "./support/test";
import { totpCode } from "./support/totp-code";

test.use({
  contextOptions: { reducedMotion: "reduce" },
  expectedErrors: [/status of 40[03]/],
});

test("two-step sign-in is turned on, used with codes of both kinds and turned off by keyboard", async ({
  page,
  person,
  browser,
}) => {
  const { email, password } = person;
  const secondStep = page.getByRole("heading", { name: "One more step" });
  const codeField = page.getByRole("textbox", { name: "Six-digit code" });
  const recoveryField = page.getByRole("textbox", { name: "Recovery code" });
  const useRecoveryCode = page.getByRole("button", { name: "Use a recovery code" });

  const { secret, codes } = await test.step("turns it on", () => turnOn(page));
  await nextMailAbout(email, /^Two-step sign-in is on$/);
  const [first = "", second = "", third = ""] = codes;

  await test.step("signs in with a code of the app", async () => {
    await signOutByKeys(page);
    await signInByKeys(page, email, password);
    await expect(secondStep).toBeVisible();
    await expect(codeField).toBeFocused();
    await page.keyboard.type("000000");
    await page.keyboard.press("Enter");
    await expect(codeField).toHaveAttribute("aria-invalid", "true");
    await expectSoundPage(page);
    await page.goto("/tasks");
    await expect(page).toHaveURL(/sign-in/);
    await signInByKeys(page, email, password);
    await typeInto(page, codeField, totpCode(secret, 1));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/tasks");
    await runningPage(page);
  });

  await test.step("signs in with a recovery code", async () => {
    await signOutByKeys(page);
    await signInByKeys(page, email, password);
    await press(page, useRecoveryCode);
    await expect(recoveryField).toBeFocused();
    await expectSoundPage(page);
    await page.keyboard.type(first);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/tasks");
    await runningPage(page);
  });

  await test.step("a used recovery code is refused, another one works", async () => {
    await signOutByKeys(page);
    await signInByKeys(page, email, password);
    await press(page, useRecoveryCode);
    await typeInto(page, recoveryField, first);
    await page.keyboard.press("Enter");
    await expect(recoveryField).toHaveAttribute("aria-invalid", "true");
    await expectSoundPage(page);
    await typeInto(page, recoveryField, second);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/tasks");
    await runningPage(page);
  });

  await test.step("turns it off, after proving who it is", () => turnOff(page, password, third));
  await nextMailAbout(email, /^Two-step sign-in is off$/);
  const passwordAlone = await signInOtherBrowser(browser, person);
  expect((await passwordAlone.request.get("/api/auth/token")).status()).toBe(200);
  await passwordAlone.close();
});

/** Links an authenticator app and saves the recovery codes. */
async function turnOn(page: Page): Promise<{ secret: string; codes: string[] }> {
  await openPage(page, "/settings/security");
  await press(page, page.getByRole("button", { name: "Turn on with an authenticator app" }));
  const link = page.getByRole("dialog", { name: "Link an authenticator app" });
  await expect(link.getByRole("img", { name: "QR code for an authenticator app" })).toBeVisible();
  const secret = await secretIn(link);
  const field = link.getByRole("textbox", { name: "Code from the app" });
  await typeInto(page, field, "000000");
  await page.keyboard.press("Enter");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expectSoundPage(page);
  await typeInto(page, field, totpCode(secret));
  await page.keyboard.press("Enter");

  const saving = page.getByRole("dialog", { name: "Save your recovery codes" });
  const list = saving.getByRole("list", { name: "Recovery codes" });
  await expect(list.getByRole("listitem")).toHaveCount(10);
  const codes = await list.getByRole("listitem").allTextContents();
  expect(new Set(codes).size).toBe(10);
  await expectSoundPage(page);
  const download = page.waitForEvent("download");
  await press(page, saving.getByRole("button", { name: "Download as a file" }));
  const file = readFileSync(await (await download).path(), "utf8");
  expect(file.split("\n")).toEqual(expect.arrayContaining(codes));
  await press(page, saving.getByRole("button", { name: "I have saved them" }));
  await expect(saving).toHaveCount(0);
  await expect(page.getByText("10 left. Each works once.")).toBeVisible();
  await expectSoundPage(page);
  return { secret, codes };
}

async function turnOff(page: Page, password: string, recoveryCode: string): Promise<void> {
  const asking = page.getByRole("dialog", { name: "Turn off two-step sign-in?" });
  const identity = page.getByRole("dialog", { name: "Confirm that it is you" });
  const field = identity.getByRole("textbox", { name: "Password" });
  // As the server answers once the sign-in is a quarter of an hour old.
  await page.route("**/two-factor/disable", (route) =>
    route.fulfill({
      status: 403,
      contentType: "application/problem+json",
      json: { status: 403, code: "recent_sign_in_required", detail: "Confirm who you are." },
    }),
  );
  await openPage(page, "/settings/security");
  await expect(page.getByText("8 left. Each works once.")).toBeVisible();
  await press(page, page.getByRole("button", { name: "Turn off" }));
  await expect(asking.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectSoundPage(page);
  await press(page, asking.getByRole("button", { name: "Turn off" }));
  await expect(field).toBeFocused();
  await page.keyboard.type("not the password of anybody");
  await page.keyboard.press("Enter");
  await expect(identity.getByText("That is not your password.")).toBeVisible();
  await expectSoundPage(page);
  await page.unroute("**/two-factor/disable");
  await typeInto(page, field, password);
  await page.keyboard.press("Enter");
  const code = identity.getByRole("textbox", { name: "Six-digit code" });
  await expect(code).toBeFocused();
  await page.keyboard.type("000000");
  await page.keyboard.press("Enter");
  await expect(code).toHaveAttribute("aria-invalid", "true");
  await expectSoundPage(page);
  await press(page, identity.getByRole("button", { name: "Use a recovery code" }));
  await expect(identity.getByRole("textbox", { name: "Recovery code" })).toBeFocused();
  await expectSoundPage(page);
  await page.keyboard.type(recoveryCode);
  await page.keyboard.press("Enter");
  await expect(toast(page)).toContainText("Two-step sign-in is off.");
  await expect(page.getByRole("heading", { name: "Two-step sign-in" })).toBeFocused();
}

/** The key that the dialog shows for typing it into an app. */
async function secretIn(dialog: Locator): Promise<string> {
  const shown = await dialog.getByText(/^(?:[A-Z2-7]{4} )+[A-Z2-7]{1,4}$/).textContent();
  return shown?.replaceAll(" ", "") ?? "";
}
