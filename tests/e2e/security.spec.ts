import type { APIResponse, Page } from "@playwright/test";
import { keepOnly } from "./support/stored-tasks";
import {
  addTask,
  details,
  expectAllSaved,
  expectTitles,
  openTasks,
  summary,
} from "./support/task-page";
import { expect, test } from "./support/test";

const publicPages = ["/", "/sign-in", "/sign-up", "/docs", "/docs/errors"];
const privatePages = ["/tasks", "/tasks?status=completed&q=x", "/settings"];
const missingPages = ["/no-such-page", "/sign-in/no-such-page", "/docs/no-such-page"];

const expectedHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

for (const path of [...publicPages, ...missingPages]) {
  test(`${path} carries every security header and a policy with a nonce of its own`, async ({
    page,
  }) => {
    await expectGuarded(page, path, missingPages.includes(path) ? 404 : 200);
  });
}

test("the pages of a signed-in person carry them as well", async ({ page, person }) => {
  for (const path of privatePages) {
    const html = await expectGuarded(page, path, 200);
    expect(html).toContain(person.email);
  }
});

test("what the application sends instead of a page is held by a policy as well", async ({
  page,
}) => {
  for (const path of ["/%ff", "/api/no-such-thing", "/api/health/live", "/api/openapi.json"]) {
    const answer = await page.request.get(path);
    const policy = answer.headers()["content-security-policy"];
    expect(policy, path).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
    expect(answer.headers()["x-content-type-options"], path).toBe("nosniff");
  }
  const redirect = await page.request.get("/tasks", { maxRedirects: 0 });
  expect(redirect.status()).toBe(307);
  expectPolicy(redirect);
});

test.describe("when a part of a page fails", () => {
  test.use({ expectedErrors: [/Invalid time value/] });

  test("an error page says so under the same policy, and leads back", async ({ page, person }) => {
    await openTasks(page);
    await addTask(page, "Pay rent");
    await expectAllSaved(page);
    await page.route(/\/api\/tasks\?/, async (route) => {
      const answer = await route.fetch();
      const list = await answer.json();
      const [task] = list.data;
      // No server of ours says this: it stands for a mistake in drawing a row.
      await route.fulfill({
        response: answer,
        json: { ...list, data: [{ ...task, version: task.version + 1, dueDate: "someday" }] },
      });
    });
    await page.getByRole("radio", { name: "All" }).click();
    await expect(page.getByRole("heading", { name: "Something went wrong" })).toBeVisible();
    await expect(page).toHaveTitle(/Something went wrong/);

    await page.unrouteAll();
    await page.getByRole("link", { name: "Go to the start page" }).click();
    await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Something went wrong");
    await openTasks(page);
    await page.getByRole("button", { name: "Account" }).click();
    await expect(page.getByRole("menu")).toContainText(person.email);
  });
});

const payloads = [
  `<img src=x onerror="document.title='owned'">`,
  `"><svg onload="document.title='owned'">`,
  `</script><script>document.title='owned'</script>`,
  `javascript:document.title='owned'`,
  `[link](javascript:document.title='owned')`,
  `{{constructor.constructor("document.title='owned'")()}}`,
];

test("payloads in titles and notes are shown as text, in the first HTML and after it", async ({
  page,
  person,
  baseURL,
}) => {
  await keepOnly(
    baseURL ?? "",
    person,
    payloads.map((payload) => ({ title: payload, description: payload })),
  );
  await openTasks(page);
  await expectTitles(page, payloads.toReversed());
  for (const payload of payloads) {
    await summary(page, payload).click();
    const notes = details(page, payload).getByRole("textbox", { name: "Notes" });
    await expect(notes).toHaveValue(payload);
  }
  await addTask(page, `<iframe srcdoc="<script>top.document.title='owned'</script>"></iframe>`);
  await expectAllSaved(page);
  await expectNothingRan(page);

  for (const payload of payloads) {
    await openTasks(page, `/tasks?q=${encodeURIComponent(`${payload} nowhere`)}`);
    await expect(page.getByText(`No task matches “${payload} nowhere”`)).toBeVisible();
    await expectNothingRan(page);
  }
});

test("a signed-out visitor signs in and lands on the page that was asked for", async ({
  page,
  person,
  context,
}) => {
  await context.clearCookies();
  await page.goto("/tasks");
  await expect(page).toHaveURL("/sign-in?next=/tasks");
  await page.goto("/tasks?status=completed&q=rent");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signInByForm(page, person.email, person.password);
  await expect(page).toHaveURL("/tasks?status=completed&q=rent");
});

const waysOut = [
  "//evil.example",
  "https://evil.example/tasks",
  "/\\evil.example",
  "/%09/evil.example",
  "/./..//evil.example",
  "javascript:alert(1)",
];

test("no address in next leads away from this site", async ({ page, person, context, baseURL }) => {
  const { origin } = new URL(baseURL ?? "");
  for (const wayOut of waysOut) {
    const asked = `/sign-in?next=${wayOut.startsWith("/%") ? wayOut : encodeURIComponent(wayOut)}`;
    // Somebody who is signed in is led on by the server.
    const answer = await page.request.get(asked, { maxRedirects: 0 });
    const target = new URL(answer.headers().location ?? "", `${origin}/sign-in`);
    expect({ wayOut, origin: target.origin, path: target.pathname }).toEqual({
      wayOut,
      origin,
      path: "/tasks",
    });
  }
  await context.clearCookies();
  await page.goto(`/sign-in?next=${encodeURIComponent("//evil.example")}`);
  await signInByForm(page, person.email, person.password);
  await expect(page).toHaveURL("/tasks");
});

/** Expects that a page answers under the whole policy, with another nonce each time. */
async function expectGuarded(page: Page, path: string, status: number): Promise<string> {
  const answer = await page.request.get(path, { maxRedirects: 0 });
  expect(answer.status(), path).toBe(status);
  const html = await answer.text();
  const nonce = expectPolicy(answer);
  expect(html).toContain(`nonce="${nonce}"`);
  expect(expectPolicy(await page.request.get(path))).not.toBe(nonce);
  return html;
}

/** Expects the whole policy of a page, and returns its nonce. */
function expectPolicy(answer: APIResponse): string {
  const headers = answer.headers();
  expect(headers).toMatchObject(expectedHeaders);
  expect(headers["x-powered-by"]).toBeUndefined();
  expect(headers["permissions-policy"]).toContain("camera=()");
  expect(headers["permissions-policy"]).toContain("publickey-credentials-get=(self)");
  const policy = headers["content-security-policy"] ?? "";
  const nonce = /'nonce-([A-Za-z0-9+/=]{24})'/.exec(policy)?.[1] ?? "no nonce";
  expect(policy).not.toContain("unsafe");
  for (const directive of [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]) {
    expect(policy.split("; ")).toContain(directive);
  }
  return nonce;
}

async function expectNothingRan(page: Page) {
  await expect(page).toHaveTitle(/Tasks/);
  await expect(
    page.locator("main").locator("img, script, iframe, a[href^='javascript:']"),
  ).toHaveCount(0);
}

async function signInByForm(page: Page, email: string, password: string) {
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
