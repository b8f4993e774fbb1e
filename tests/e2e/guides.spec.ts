import { press } from "./support/keys";
import { openPage } from "./support/open-page";
import { guidePaths } from "./support/public-views";
import { expect, test } from "./support/test";

test("every guide is reached from the one before, by keyboard alone", async ({ page }) => {
  await page.goto("/docs");
  const links = page.getByRole("navigation", { name: "Guides and contents" }).getByRole("link");
  await press(page, links.filter({ hasText: "Quick start" }));
  const [first = "", ...others] = guidePaths;
  await page.waitForURL(first);
  for (const path of others) {
    await press(page, page.getByRole("main").getByRole("link").last());
    await page.waitForURL(path);
  }
});

test("on a phone the guides are folded into one line that opens by keyboard", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/docs/limits");
  const guides = page.getByRole("navigation", { name: "Guides" });
  const link = guides.getByRole("link", { name: "Device sign-in" });
  await expect(link).toBeHidden();
  await press(page, page.locator("summary"));
  await expect(link).toBeVisible();
});

test("code is copied with the address of this site in it", async ({ page, context, baseURL }) => {
  await openPage(page, "/docs/quick-start");
  await page.getByRole("button", { name: "Copy: quick-start.mjs" }).click();
  const editor = await context.newPage();
  await editor.setContent("<textarea></textarea>");
  const code = await page
    .getByRole("group", { name: "quick-start.mjs", exact: true })
    .textContent();
  const field = editor.locator("textarea");
  const paste = async () => {
    await field.press("Control+a");
    await field.press("Control+v");
    return field.inputValue();
  };
  await expect.poll(paste).toBe(code);
  expect(code).toContain(`const site = "${baseURL}";`);
});

test("the well-known addresses answer GET and HEAD, and nothing else", async ({ request }) => {
  for (const path of ["/.well-known/api-catalog", "/.well-known/security.txt", "/llms.txt"]) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(200);
    expect(answer.headers()["x-content-type-options"], path).toBe("nosniff");
    expect(answer.headers()["cache-control"], path).toMatch(/^public, max-age=\d+$/);
    const head = await request.head(path);
    expect([head.status(), await head.text()], path).toEqual([200, ""]);
    const post = await request.post(path, { data: {} });
    expect([post.status(), post.headers().allow], path).toEqual([405, "GET, HEAD"]);
  }
  const catalog = await request.head("/.well-known/api-catalog");
  expect(catalog.headers().link).toMatch(/rel="api-catalog"$/);
  expect((await request.get("/.well-known/no-such-thing")).status()).toBe(404);
});

test("the start page and the reference name the catalog of the API", async ({ request }) => {
  for (const path of ["/", "/docs"]) {
    const { link } = (await request.get(path)).headers();
    expect(link, path).toContain('</.well-known/api-catalog>; rel="api-catalog"');
  }
});

test("a password manager is led to where a password is changed", async ({ page, person }) => {
  await page.goto("/.well-known/change-password");
  await expect(page, person.email).toHaveURL("/settings/security");
});
