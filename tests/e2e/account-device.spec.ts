import type { Page } from "@playwright/test";
import { expectSoundPage } from "./support/axe";
import { press, typeInto } from "./support/keys";
import { nextMailAbout } from "./support/mail";
import { answeringPage, openPage } from "./support/open-page";
import { bearer, createAccount } from "./support/person";
import { signInByKeys } from "./support/sign-in-page";
import { expect, test } from "./support/test";

test.use({ contextOptions: { reducedMotion: "reduce" }, expectedErrors: [/status of 404/] });

type Asked = { device_code: string; user_code: string; verification_uri_complete: string };

const client = "A tool in a terminal";

test("a program is let in on the device page by keyboard and gets its token", async ({
  page,
  person,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const asked = await askForCode(url, "tasks:read");
  expect(await poll(url, asked)).toMatchObject({ error: "authorization_pending" });

  const field = page.getByRole("textbox", { name: "Code" });
  await openPage(page, "/device");
  await typeInto(page, field, "BBBBBBBB");
  await page.keyboard.press("Enter");
  await expect(page.getByText("No device waits under this code.")).toBeVisible();
  await expect(field).toBeFocused();
  await expectSoundPage(page);
  await typeInto(page, field, asked.user_code.toLowerCase().replace("-", ""));
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { name: "Let this device in?" })).toBeFocused();
  await expect(page.getByRole("main")).toContainText(client);
  await expect(page.getByRole("main")).toContainText(person.email);
  await expect(page.getByText("List tasks and read each of them.")).toBeVisible();
  await expect(page.getByText("Add, change, complete, delete and restore tasks.")).toHaveCount(0);
  await expectSoundPage(page);
  await press(page, page.getByRole("button", { name: "Let it in" }));
  await expect(page.getByRole("heading", { name: "The device is in" })).toBeFocused();
  await expectSoundPage(page);
  await nextMailAbout(person.email, /^A device was let in$/);

  const granted = await poll(url, asked);
  expect(granted).toMatchObject({ token_type: "Bearer", scope: "tasks:read" });
  const list = await fetch(`${url}/api/tasks`, { headers: bearer(String(granted.access_token)) });
  expect(list.status).toBe(200);
  await press(page, page.getByRole("link", { name: "API keys" }));
  await expect(page.getByRole("list", { name: "API keys" })).toContainText(client);
});

test("a program is refused by keyboard after signing in on the way, and gets nothing", async ({
  page,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const { email, password } = await createAccount(url);
  const asked = await askForCode(url, "tasks:read tasks:write");
  await page.goto(asked.verification_uri_complete);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signInByKeys(page, email, password);
  await expect(page).toHaveURL(asked.verification_uri_complete);
  await answeringPage(page);
  await expect(page.getByRole("textbox", { name: "Code" })).toHaveValue(asked.user_code);
  await expectSoundPage(page);
  await press(page, page.getByRole("button", { name: "Go on" }));
  await expect(page.getByText("Add, change, complete, delete and restore tasks.")).toBeVisible();
  await press(page, page.getByRole("button", { name: "Refuse" }));
  await expect(page.getByRole("heading", { name: "Refused" })).toBeFocused();
  await expectSoundPage(page);
  expect(await poll(url, asked)).toMatchObject({ error: "access_denied" });
  await expectNoKeys(page);
});

async function askForCode(url: string, scope: string): Promise<Asked> {
  const body = new URLSearchParams({ client_id: client, scope });
  return (await fetch(`${url}/api/auth/device/code`, { method: "POST", body })).json();
}

async function poll(url: string, { device_code }: Asked): Promise<Record<string, unknown>> {
  const body = new URLSearchParams({
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code,
    client_id: client,
  });
  return (await fetch(`${url}/api/auth/device/token`, { method: "POST", body })).json();
}

async function expectNoKeys(page: Page): Promise<void> {
  expect(await (await page.request.get("/api/auth/api-key/list")).json()).toEqual([]);
}
