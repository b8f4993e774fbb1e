import type { Page } from "@playwright/test";
import { openPage } from "./support/open-page";
import { openTasks } from "./support/task-page";
import { expect, test } from "./support/test";

test.use({ expectedErrors: [/Failed to load|status of 404/] });

/** Lets a new version take the place of the one that a page is of: no other file is there any more. */
async function deploy(page: Page, path: string) {
  const html = await (await page.request.get(path)).text();
  await page.route("**/_next/static/chunks/**", (route) => {
    const { pathname } = new URL(route.request().url());
    return html.includes(pathname) ? route.continue() : route.fulfill({ status: 404 });
  });
}

test("a page whose files are gone reloads once, and then says so", async ({ page }) => {
  await openPage(page, "/sign-in");
  await deploy(page, "/sign-in");
  const loads: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest()) {
      loads.push(new URL(request.url()).pathname);
    }
  });
  await page.getByRole("link", { name: "Create an account" }).click();
  const again = page.getByRole("button", { name: "Reload the page" });
  await expect(again).toBeVisible();
  expect(loads).toEqual(["/sign-up"]);

  await page.unrouteAll();
  await again.click();
  await expect(page.getByRole("button", { name: "Create account" })).toBeEnabled();
  await expect(again).toHaveCount(0);
  expect(loads).toEqual(["/sign-up", "/sign-up"]);
});

test("a part whose file is gone leaves the page as it is, and a reload opens it", async ({
  page,
  person,
}) => {
  await openTasks(page);
  await deploy(page, "/tasks");
  await page.reload();
  const account = page.getByRole("button", { name: "Account" });
  await account.click();
  const notice = page.getByRole("alert").filter({ hasText: "The site has a new version." });
  await expect(notice).toBeVisible();
  await page.unrouteAll();
  await notice.getByRole("button", { name: "Reload the page" }).click();
  await expect(notice).toHaveCount(0);
  await account.click();
  await expect(page.getByRole("menu", { name: "Account" })).toContainText(person.email);
});
