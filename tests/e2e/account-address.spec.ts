import { randomUUID } from "node:crypto";
import { expectSoundPage } from "./support/axe";
import { press, typeInto } from "./support/keys";
import { nextMailAbout } from "./support/mail";
import { openPage } from "./support/open-page";
import { signInOtherBrowser } from "./support/other-browser";
import { toast } from "./support/task-page";
import { expect, test } from "./support/test";

test.use({
  contextOptions: { reducedMotion: "reduce" },
  expectedErrors: [/status of 400/],
});

test("an address is changed by keyboard: proved at the new one, told to the old one", async ({
  page,
  person,
  browser,
}) => {
  const email = `robin-${randomUUID()}@example.com`;
  const dialog = page.getByRole("dialog", { name: "Change address" });
  const field = dialog.getByRole("textbox", { name: "New address" });
  await openPage(page, "/settings/security");
  await press(page, page.getByRole("button", { name: "Change address" }));
  await expect(field).toBeFocused();
  await page.keyboard.type("nobody");
  await page.keyboard.press("Enter");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expectSoundPage(page);
  await typeInto(page, field, email);
  await page.keyboard.press("Enter");
  await expect(toast(page)).toContainText(`A link is on its way to ${email}.`);
  await expectSoundPage(page);

  const { link } = await nextMailAbout(email, /^Confirm your new address$/);
  expect((await page.request.get(link)).status()).toBe(200);
  await openPage(page, "/settings/security");
  await expect(page.getByText(person.email, { exact: true })).toBeVisible();
  await expect(page.getByText(email)).toHaveCount(0);

  await openPage(page, link);
  await expect(page).toHaveURL("/confirm-email-change");
  await expect(page.getByText(`You are signed in as ${person.email}.`)).toBeVisible();
  await expectSoundPage(page);
  await press(page, page.getByRole("button", { name: "Change address" }));
  await expect(page.getByRole("heading", { name: "Your address is changed" })).toBeFocused();
  await expectSoundPage(page);
  await nextMailAbout(person.email, /^Your address was changed$/);

  await press(page, page.getByRole("link", { name: "Go to settings" }));
  await expect(page.getByRole("main").getByText(email)).toBeVisible();
  await expect(signInOtherBrowser(browser, person)).rejects.toThrow("401");
  await (await signInOtherBrowser(browser, { ...person, email })).close();

  await openPage(page, link);
  await press(page, page.getByRole("button", { name: "Change address" }));
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeFocused();
  await expectSoundPage(page);
});
