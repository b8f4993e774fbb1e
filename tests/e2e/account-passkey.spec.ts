import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expectSoundPage } from "./support/axe";
import { press, tabTo, typeInto } from "./support/keys";
import { nextMailAbout } from "./support/mail";
import { answeringPage, openPage } from "./support/open-page";
import { signInByKeys, signOutByKeys } from "./support/sign-in-page";
import { runningPage, toast } from "./support/task-page";
import { expect, test } from "./support/test";
import { addVirtualAuthenticator } from "./support/virtual-authenticator";

test.use({ contextOptions: { reducedMotion: "reduce" }, expectedErrors: [/status of 40[01]/] });

test("no page offers passkeys at an IP address, where they cannot work", async ({
  page,
  baseURL,
}) => {
  await addVirtualAuthenticator(page);
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  const address = (baseURL ?? "").replace("localhost", "127.0.0.1");
  const email = `robin-${randomUUID()}@example.com`;

  await test.step("signing in and signing up", async () => {
    expect(await (await page.request.get(`${address}/sign-in`)).text()).not.toContain(
      "Use a passkey",
    );
    await openPage(page, `${address}/sign-in`);
    await expect(page.getByText(/passkey/i)).toHaveCount(0);
    await openPage(page, `${address}/sign-up`);
    await signInByKeys(page, email, "a long and quiet evening");
    await expect(page).toHaveURL(`${address}/tasks`);
  });

  await test.step("the settings", async () => {
    await openPage(page, `${address}/settings/security`);
    await expect(page.getByRole("heading", { name: "Two-step sign-in" })).toBeVisible();
    await expect(page.getByRole("main").getByText(/passkey/i)).toHaveCount(0);
  });

  expect(requests.filter((url) => url.includes("/api/auth/passkey/"))).toEqual([]);
});

test("a passkey is added, renamed, used and removed by keyboard", async ({ page, person }) => {
  const device = await addVirtualAuthenticator(page);
  const list = page.getByRole("list", { name: "Passkeys" });
  const withPasskey = page.getByRole("button", { name: "Use a passkey" });

  await test.step("adds it", async () => {
    await addPasskey(page);
    await expect(list.getByRole("listitem")).toHaveCount(1);
    await expectSoundPage(page);
    await nextMailAbout(person.email, /^A passkey was added$/);
  });

  await test.step("renames it", async () => {
    const dialog = page.getByRole("dialog", { name: "Rename passkey" });
    await press(page, list.getByRole("button", { name: /^Rename: / }));
    await expect(dialog).toBeVisible();
    await expectSoundPage(page);
    await typeInto(page, dialog.getByRole("textbox", { name: "Name" }), "Key on the desk");
    await page.keyboard.press("Enter");
    await expect(list).toContainText("Key on the desk");
    await expect(dialog).toHaveCount(0);
  });

  await test.step("signs in with it", async () => {
    await device.touch(false);
    await signOutByKeys(page);
    await tabTo(page, withPasskey);
    await device.touch(true);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/tasks");
    await runningPage(page);
  });

  await test.step("removes it", async () => {
    await openPage(page, "/settings/security");
    await press(page, list.getByRole("button", { name: "Remove: Key on the desk" }));
    const asking = page.getByRole("dialog", { name: "Remove Key on the desk?" });
    await expect(asking.getByRole("button", { name: "Cancel" })).toBeFocused();
    await expectSoundPage(page);
    await press(page, asking.getByRole("button", { name: "Remove", exact: true }));
    await expect(toast(page)).toContainText("Key on the desk is removed.");
    await expect(list).toHaveCount(0);
    await expect(page.getByRole("heading", { name: "Passkeys" })).toBeFocused();
    await nextMailAbout(person.email, /^A passkey was removed$/);
  });

  await test.step("it signs nobody in any more", async () => {
    await device.touch(false);
    await signOutByKeys(page);
    await tabTo(page, withPasskey);
    await device.touch(true);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("main").locator("[aria-live=polite]")).not.toBeEmpty();
    await expectSoundPage(page);
    await expect(page).toHaveURL("/sign-in");
    await page.goto("/tasks");
    await expect(page).toHaveURL(/sign-in/);
  });
});

test("a passkey is the second step after the password", async ({ page, person }) => {
  const device = await addVirtualAuthenticator(page);
  await addPasskey(page);
  await press(page, page.getByRole("button", { name: "Turn on with passkeys" }));
  const saving = page.getByRole("dialog", { name: "Save your recovery codes" });
  await press(page, saving.getByRole("button", { name: "I have saved them" }));
  await expect(page.getByText("10 left. Each works once.")).toBeVisible();
  await device.touch(false);
  await signOutByKeys(page);
  await signInByKeys(page, person.email, person.password);
  const secondStep = page.getByRole("heading", { name: "One more step" });
  const withPasskey = page.getByRole("button", { name: "Use a passkey" });
  await expect(secondStep).toBeVisible();
  await expect(withPasskey).toBeFocused();
  await expectSoundPage(page);
  await device.touch(true);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/tasks");
  await runningPage(page);
});

async function addPasskey(page: Page): Promise<void> {
  await openPage(page, "/settings/security");
  await press(page, page.getByRole("button", { name: "Add a passkey" }));
  await expect(toast(page)).toContainText("Your passkey is added.");
  await answeringPage(page);
}
