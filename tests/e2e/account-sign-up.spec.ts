import { randomUUID } from "node:crypto";
import { expectSoundPage } from "./support/axe";
import { press, typeInto } from "./support/keys";
import { nextMailAbout } from "./support/mail";
import { answeringPage, openPage } from "./support/open-page";
import { emailField, passwordField, signInByKeys } from "./support/sign-in-page";
import { runningPage } from "./support/task-page";
import { expect, test } from "./support/test";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("signing up, the reminder of the address, and its proof by the link go by keyboard", async ({
  page,
}) => {
  const email = `robin-${randomUUID()}@example.com`;
  const reminder = page.getByRole("complementary", { name: "Address not confirmed" });

  await test.step("signs up", async () => {
    await openPage(page, "/sign-up");
    await typeInto(page, emailField(page), email);
    await typeInto(page, passwordField(page), "a long and quiet evening");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/tasks");
    await runningPage(page);
    await expect(reminder).toContainText(`Please confirm ${email}.`);
    await expectSoundPage(page);
  });

  const { link } = await nextMailAbout(email, /^Confirm your address$/);

  await test.step("a scanner that opens the link confirms nothing", async () => {
    expect((await fetch(link)).status).toBe(200);
    expect((await page.request.get(link)).status()).toBe(200);
    await openPage(page, link);
    await openPage(page, "/settings/security");
    await expect(page.getByText("Not confirmed", { exact: true })).toBeVisible();
    await expect(reminder).toBeVisible();
  });

  await test.step("the button on the page of the link confirms the address", async () => {
    await openPage(page, link);
    await expect(page).toHaveURL("/verify-email");
    await expectSoundPage(page);
    await press(page, page.getByRole("button", { name: "Confirm address" }));
    await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeFocused();
    await expectSoundPage(page);
    await press(page, page.getByRole("link", { name: "Go to your tasks" }));
    await expect(page).toHaveURL("/tasks");
    await runningPage(page);
    await expect(reminder).toHaveCount(0);
    await openPage(page, "/settings/security");
    await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
  });
});

test("a link that was used says so, and that the address is confirmed", async ({
  page,
  person,
}) => {
  const { link } = await nextMailAbout(person.email, /^Confirm your address$/);
  await openPage(page, link);
  await press(page, page.getByRole("button", { name: "Confirm address" }));
  await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeFocused();
  await openPage(page, link);
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await expect(page.getByText(`${person.email} is confirmed already.`)).toBeVisible();
  await expectSoundPage(page);
});

test.describe("a link that is opened in another browser", () => {
  test.use({ expectedErrors: [/status of 400/] });

  test("asks for the password, which shows who made the account", async ({ browser, person }) => {
    const { link } = await nextMailAbout(person.email, /^Confirm your address$/);
    const context = await browser.newContext({ reducedMotion: "reduce" });
    const other = await context.newPage();
    await openPage(other, link);
    await expectSoundPage(other);
    await typeInto(other, passwordField(other), "not the password of anybody");
    await other.keyboard.press("Enter");
    await expect(passwordField(other)).toHaveAttribute("aria-invalid", "true");
    await expectSoundPage(other);
    await typeInto(other, passwordField(other), person.password);
    await other.keyboard.press("Enter");
    await expect(other.getByRole("heading", { name: "Your address is confirmed" })).toBeFocused();
    await expectSoundPage(other);
    await context.close();
  });
});

test("the reminder sends the link again, and stays away once it is put away", async ({
  page,
  person,
}) => {
  const reminder = page.getByRole("complementary", { name: "Address not confirmed" });
  await nextMailAbout(person.email, /^Confirm your address$/);
  await openPage(page, "/settings");
  await press(page, reminder.getByRole("button", { name: "Send the link again" }));
  await expect(reminder).toContainText("A new link is on its way.");
  await expectSoundPage(page);
  await nextMailAbout(person.email, /^Confirm your address$/);
  await press(page, reminder.getByRole("button", { name: "Put the reminder away" }));
  await expect(reminder).toHaveCount(0);
  await expect(page.getByRole("main")).toBeFocused();
  await openPage(page, "/tasks");
  await expect(reminder).toHaveCount(0);
});

test.describe("an address that has an account", () => {
  test.use({ expectedErrors: [/status of 409/] });

  test("is said to have one, and what was typed stays", async ({ page, browser }) => {
    const other = await browser.newContext();
    const email = `robin-${randomUUID()}@example.com`;
    const password = "a long and quiet evening";
    await other.request.post("/api/auth/sign-up/email", { data: { email, password } });
    await other.close();
    await openPage(page, "/sign-up");
    await signInByKeys(page, email, password);
    await expect(page.getByText("An account with this address exists already.")).toBeVisible();
    await expect(emailField(page)).toBeFocused();
    await expect(passwordField(page)).toHaveValue(password);
    await answeringPage(page);
    await expectSoundPage(page);
  });
});
