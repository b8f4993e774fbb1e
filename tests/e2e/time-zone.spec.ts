import type { Page } from "@playwright/test";
import { answeringPage, openPage } from "./support/open-page";
import { createApiKey } from "./support/person";
import { dateIn, keepOnly } from "./support/stored-tasks";
import { expect, test } from "./support/test";
import { addVirtualAuthenticator } from "./support/virtual-authenticator";

const paths = ["/tasks", "/settings/sessions", "/settings/api-keys", "/settings/security"];
const relative = /ago$|^just now$/;

// At any moment, the date in one of the two is not that of UTC.
for (const timezoneId of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
  test.describe(`a browser in ${timezoneId}`, () => {
    test.use({ timezoneId });

    test("every date and time is the reader's own on the first visit, as on the second", async ({
      page,
      person,
      baseURL,
    }) => {
      const url = baseURL ?? "";
      const device = await addVirtualAuthenticator(page);
      await openPage(page, "/settings/security");
      await page.getByRole("button", { name: "Add a passkey" }).click();
      await expect(page.getByRole("list", { name: "Passkeys" })).toBeVisible();
      await device.touch(false);
      await createApiKey(url, person.cookie);
      const dueDates = [-1, 0, 1, 2].map((days) => ({ title: `${days}`, dueDate: dateIn(days) }));
      await keepOnly(url, person, dueDates);

      for (const path of paths) {
        await test.step(path, async () => {
          await page.context().clearCookies({ name: "tz" });
          await openPage(page, path);
          await expect(page.locator("time").first()).toBeVisible();
          const first = await moments(page);
          await expect.poll(() => hasTimeZoneCookie(page)).toBe(true);
          await page.reload();
          await answeringPage(page);
          expect(first).toEqual(await moments(page));
        });
      }

      await test.step("the hour of a session is the one on the reader's clock", async () => {
        await page.context().clearCookies({ name: "tz" });
        await openPage(page, "/settings/sessions");
        const seen = page.locator("time").first();
        const at = new Date((await seen.getAttribute("datetime")) ?? "");
        const words = new Intl.DateTimeFormat("en-GB", {
          day: "numeric",
          month: "short",
          hour: "numeric",
          minute: "2-digit",
          timeZone: timezoneId,
        });
        await expect(seen).toHaveText(words.format(at));
      });
    });
  });
}

/** The words of each moment and day on a page, but for those that count from now. */
async function moments(page: Page): Promise<string[]> {
  const texts = await page.locator("time").allTextContents();
  return texts.filter((text) => !relative.test(text));
}

async function hasTimeZoneCookie(page: Page): Promise<boolean> {
  return (await page.context().cookies()).some(({ name }) => name === "tz");
}
