import type { Page } from "@playwright/test";
import { expectNothingLeft, leaveTraces } from "./support/browser-storage";
import { press } from "./support/keys";
import { openPage } from "./support/open-page";
import { createAccount } from "./support/person";
import { signInByKeys, signOutByKeys } from "./support/sign-in-page";
import { keepOnly } from "./support/stored-tasks";
import { expectTitles, openTasks, runningPage } from "./support/task-page";
import { expect, test } from "./support/test";

// Back finds a page in the browser's memory, as it does for people; Playwright turns that off.
test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] }),
});

const title = "Only for the one before";
const settings = ["", "/security", "/sessions", "/api-keys", "/data"];

test("after sign-out nothing of the previous person is left for the next one", async ({
  page,
  person,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const next = await createAccount(url);
  const traces = [person.email, title, person.token];
  await keepOnly(url, person, [{ title }]);
  await page.request.post("/api/auth/update-user", { data: { theme: "dark" } });
  const expectNoTrace = async () => {
    for (const trace of traces) {
      expect(await page.content()).not.toContain(trace);
    }
  };

  await openTasks(page);
  await expectTitles(page, [title]);
  for (const path of settings) {
    await openPage(page, `/settings${path}`);
  }
  await leaveTraces(page, title);
  expect(await choicesIn(page)).toEqual({ theme: "dark", timeZone: "UTC" });
  await signOutByKeys(page);
  await expectNothingLeft(page, traces);
  await expect.poll(() => choicesIn(page)).toEqual({ theme: null, timeZone: null });

  await test.step("Back leads to nothing but the sign-in page", async () => {
    for (let steps = 0; steps < 3; steps += 1) {
      await page.goBack();
      await expect(page).toHaveURL(/\/sign-in/);
      await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
      await expectNoTrace();
    }
  });

  await test.step("the next person sees their own, going back, too", async () => {
    await openPage(page, "/sign-in");
    await signInByKeys(page, next.email, next.password);
    await expect(page).toHaveURL("/tasks");
    await runningPage(page);
    await expectNoTrace();
    await press(page, page.getByRole("button", { name: "Account" }));
    await expect(page.getByRole("menuitem", { name: next.email })).toBeVisible();
    for (const path of settings) {
      await openPage(page, `/settings${path}`);
      await expectNoTrace();
    }
    for (let steps = 0; steps < 8; steps += 1) {
      await page.goBack();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectNoTrace();
    }
  });
});

/** What the browser keeps of how a person likes to see things, though it names nobody. */
async function choicesIn(page: Page) {
  const theme = await page.evaluate(() => localStorage.getItem("theme"));
  const cookies = await page.context().cookies();
  return { theme, timeZone: cookies.find(({ name }) => name === "tz")?.value ?? null };
}
