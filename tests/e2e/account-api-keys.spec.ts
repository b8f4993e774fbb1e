import { expectSoundPage } from "./support/axe";
import { expectRefusedWithinASecond } from "./support/expect-refused-within-a-second";
import { press, typeInto } from "./support/keys";
import { nextMailAbout } from "./support/mail";
import { openPage } from "./support/open-page";
import { bearer, postJson } from "./support/person";
import { keepOnly } from "./support/stored-tasks";
import { toast } from "./support/task-page";
import { expect, test } from "./support/test";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("a key is made, used within its scopes and revoked, by keyboard", async ({
  page,
  context,
  person,
  baseURL,
}) => {
  const url = baseURL ?? "";
  await keepOnly(url, person, [{ title: "Read by a program" }]);
  await context.grantPermissions(["clipboard-write"]);
  const making = page.getByRole("dialog", { name: "Make a key" });
  const name = making.getByRole("textbox", { name: "Name" });
  const shown = page.getByRole("dialog", { name: "Your new key" });

  const key = await test.step("makes one that may only read", async () => {
    await openPage(page, "/settings/api-keys");
    await expect(page.getByText("No keys yet")).toBeVisible();
    await press(page, page.getByRole("button", { name: "Make a key" }));
    await expect(name).toBeFocused();
    await press(page, making.getByRole("checkbox", { name: "Read tasks" }), "Space");
    await typeInto(page, name, "Backup script");
    await page.keyboard.press("Enter");
    await expect(making.getByText("Choose at least one.")).toBeVisible();
    await press(page, making.getByRole("checkbox", { name: "Read tasks" }), "Space");
    await typeInto(page, making.getByRole("combobox", { name: "Expires" }), "Never");
    await expect(making.getByRole("status")).toContainText("Anyone who finds this key");
    await expectSoundPage(page);
    await press(page, making.getByRole("button", { name: "Make key" }));
    await expect(shown).toBeVisible();
    await expectSoundPage(page);
    await press(page, shown.getByRole("button", { name: "Copy key" }));
    await expect(shown.getByRole("button", { name: "Copied" })).toBeVisible();
    const text = (await shown.getByText(/^evo_\w+$/).textContent()) ?? "";
    await press(page, shown.getByRole("button", { name: "Done" }));
    await expect(page.getByRole("heading", { name: "Your keys" })).toBeFocused();
    return text;
  });
  await nextMailAbout(person.email, /^An API key was made$/);

  await test.step("it was copied, and is shown once", async () => {
    await openPage(page, "/settings/api-keys");
    await expect(page.getByRole("list", { name: "API keys" })).toContainText("Backup script");
    await expectSoundPage(page);
    expect(await page.content()).not.toContain(key);
    await press(page, page.getByRole("button", { name: "Make a key" }));
    await expect(name).toBeFocused();
    await page.keyboard.press("Control+v");
    await expect(name).toHaveValue(key);
    await page.keyboard.press("Escape");
    await expect(making).toHaveCount(0);
  });

  const exchange = () =>
    fetch(`${url}/api/token`, { method: "POST", headers: { "x-api-key": key } });
  const { token, scope }: { token: string; scope: string } = await (await exchange()).json();
  const list = () => fetch(`${url}/api/tasks`, { headers: bearer(token) });

  await test.step("a program works within its scopes and is told the one it lacks", async () => {
    expect(scope).toBe("tasks:read");
    expect(await (await list()).json()).toMatchObject({ data: [{ title: "Read by a program" }] });
    const write = await postJson(`${url}/api/tasks`, { title: "Too much" }, bearer(token));
    expect(write.status).toBe(403);
    expect(await write.json()).toMatchObject({
      code: "insufficient_scope",
      detail: expect.stringContaining("tasks:write"),
    });
  });

  await test.step("revoked, it is out within a second", async () => {
    await press(page, page.getByRole("button", { name: "Revoke: Backup script" }));
    const asking = page.getByRole("dialog", { name: "Revoke Backup script?" });
    await expect(asking.getByRole("button", { name: "Cancel" })).toBeFocused();
    await expectSoundPage(page);
    const answer = page.waitForResponse("**/api/auth/api-key/delete");
    await press(page, asking.getByRole("button", { name: "Revoke" }));
    expect((await answer).status()).toBe(200);
    await expectRefusedWithinASecond(list);
    expect((await exchange()).status).toBe(401);
    await expect(toast(page)).toContainText("Backup script is revoked.");
    await expect(page.getByText("No keys yet")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Your keys" })).toBeFocused();
  });
});
