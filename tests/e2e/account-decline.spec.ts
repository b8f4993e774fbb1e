import { expectSoundPage } from "./support/axe";
import { press } from "./support/keys";
import { nextMailAbout } from "./support/mail";
import { openPage } from "./support/open-page";
import { expect, test } from "./support/test";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("who did not make an account with their address removes it by keyboard, and its maker is out", async ({
  browser,
  page,
  person,
}) => {
  const { link } = await nextMailAbout(person.email, /^Confirm your address$/);
  const way = "I did not make this account";

  await test.step("its maker is offered nothing of the kind", async () => {
    await openPage(page, link);
    await expect(page.getByRole("button", { name: "Confirm address" })).toBeEnabled();
    await expect(page.getByRole("button", { name: way })).toHaveCount(0);
  });

  const context = await browser.newContext({ reducedMotion: "reduce" });
  const owner = await context.newPage();

  await test.step("the owner of the address is asked once more, and can go back", async () => {
    await openPage(owner, link);
    await press(owner, owner.getByRole("button", { name: way }));
    await expect(owner.getByRole("heading", { name: "Remove the account?" })).toBeFocused();
    await expectSoundPage(owner);
    await press(owner, owner.getByRole("button", { name: "Back" }));
    await expect(owner.getByRole("button", { name: way })).toBeFocused();
    await expectSoundPage(owner);
  });

  await test.step("the account is removed, and the sessions of its maker with it", async () => {
    await press(owner, owner.getByRole("button", { name: way }));
    await press(owner, owner.getByRole("button", { name: "Remove account" }));
    await expect(owner.getByRole("heading", { name: "The account is gone" })).toBeFocused();
    await expectSoundPage(owner);
    await openPage(page, "/settings");
    await expect(page).toHaveURL(/\/sign-in/);
  });

  await context.close();
});
