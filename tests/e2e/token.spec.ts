import type { Page, Route } from "@playwright/test";
import { endSession } from "./support/stored-tasks";
import { test } from "./support/task-list";
import {
  addTask,
  completion,
  composer,
  details,
  expectAllSaved,
  expectTitles,
  openTasks,
  summary,
} from "./support/task-page";
import { expect } from "./support/test";

test.use({ expectedErrors: [/status of 401/] });

test("parallel writes fetch one token, and a token that expires is renewed once for all of them", async ({
  page,
  list,
}) => {
  const renewals = countTokenRequests(page);
  const used = new Set<string>();
  let isFirstExpired = false;
  await page.route("**/api/tasks/**", async (route) => {
    const token = route.request().headers().authorization ?? "";
    used.add(token);
    const isFirst = token === [...used][0];
    if (isFirst && isFirstExpired) {
      await refuse(route, "token_expired");
    } else {
      await route.continue();
    }
  });
  await list.open([{ title: "One" }, { title: "Two" }, { title: "Three" }]);

  for (const title of ["One", "Two", "Three"]) {
    await completion(page, title).click();
  }
  await expectTitles(page, []);
  await expect.poll(() => list.titles("open")).toEqual([]);
  expect(renewals()).toBe(1);

  isFirstExpired = true;
  await page.getByRole("radio", { name: "Completed" }).click();
  await expectTitles(page, ["Three", "Two", "One"]);
  for (const title of ["One", "Two", "Three"]) {
    await completion(page, title).click();
  }
  await expect.poll(() => list.titles("open")).toEqual(["One", "Two", "Three"]);
  expect(renewals()).toBe(2);
  expect(used.size).toBe(2);
});

test("a token that the server itself refuses is renewed, and the write succeeds", async ({
  page,
  list,
}) => {
  const renewals = countTokenRequests(page);
  await list.open([]);
  let refusals = 0;
  await page.route(
    "**/api/tasks",
    async (route) => {
      refusals += 1;
      const { authorization = "", ...headers } = route.request().headers();
      const forged = authorization.replace(/.{20}$/, "A".repeat(20));
      await route.continue({ headers: { ...headers, authorization: forged } });
    },
    { times: 1 },
  );
  await addTask(page, "Written with a refused token");
  await expectAllSaved(page);
  expect(await list.titles()).toEqual(["Written with a refused token"]);
  expect(refusals).toBe(1);
  expect(renewals()).toBe(2);
});

test("a session that ended elsewhere asks to sign in again, and what was typed is saved then", async ({
  page,
  person,
  list,
  baseURL,
}) => {
  await list.open([{ title: "Older task" }]);
  await addTask(page, "Before the end");
  await expectAllSaved(page);
  await endSession(baseURL ?? "", person);

  await summary(page, "Older task").click();
  await details(page, "Older task").getByRole("textbox", { name: "Notes" }).fill("A long thought");
  await addTask(page, "After the end");
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toBeVisible();
  await expect(page.getByText("After the end", { exact: true })).toBeVisible();
  await expect(dialog.getByRole("textbox", { name: "Password" })).toBeFocused();

  await dialog.getByRole("textbox", { name: "Password" }).fill("not the password at all");
  await dialog.getByRole("textbox", { name: "Password" }).press("Enter");
  await expect(dialog.getByText("That password does not match.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Password" }).fill(person.password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expectAllSaved(page);

  expect(await list.titles()).toEqual(["Older task", "Before the end", "After the end"]);
  await openTasks(page);
  await summary(page, "Older task").click();
  await expect(details(page, "Older task").getByRole("textbox", { name: "Notes" })).toHaveValue(
    "A long thought",
  );
});

test("a person who signs in later keeps what was typed meanwhile", async ({
  page,
  person,
  list,
  baseURL,
}) => {
  await list.open([]);
  await endSession(baseURL ?? "", person);
  await addTask(page, "Typed while signed out");
  await page.getByRole("button", { name: "Not now" }).click();
  await expect(page.getByText("You are signed out.").first()).toBeVisible();
  await composer(page).fill("Half a thought");

  await page.getByRole("button", { name: "Sign in again" }).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await dialog.getByRole("textbox", { name: "Password" }).fill(person.password);
  await dialog.getByRole("textbox", { name: "Password" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expectAllSaved(page);
  await expect(composer(page)).toHaveValue("Half a thought");
  expect(await list.titles()).toEqual(["Typed while signed out"]);
});

test("no script can read a credential: not in storage, not in a cookie, not in the page", async ({
  page,
  person,
  context,
}) => {
  const tokens = collectTokens(page);
  await openTasks(page);
  await addTask(page, "Written with a token");
  await expectAllSaved(page);
  expect(tokens).toHaveLength(1);

  const credentials = (await context.cookies()).filter(({ name }) => name !== "tz");
  expect(credentials.map(({ name }) => name)).toContain(
    `evo-todo-${new URL(page.url()).port}.session_token`,
  );
  for (const { httpOnly, sameSite } of credentials) {
    expect({ httpOnly, sameSite }).toEqual({ httpOnly: true, sameSite: "Lax" });
  }
  const readable = await readableByScripts(page);
  const secrets = [person.token, ...tokens, ...credentials.map(({ value }) => value)];
  expect(secrets.filter((secret) => readable.includes(secret))).toEqual([]);
});

function countTokenRequests(page: Page): () => number {
  let count = 0;
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/auth/token") {
      count += 1;
    }
  });
  return () => count;
}

function collectTokens(page: Page): string[] {
  const tokens: string[] = [];
  page.on("request", (request) => {
    const token = request.headers().authorization?.replace("Bearer ", "");
    if (token && !tokens.includes(token)) {
      tokens.push(token);
    }
  });
  return tokens;
}

function refuse(route: Route, code: string): Promise<void> {
  return route.fulfill({
    status: 401,
    contentType: "application/problem+json",
    body: JSON.stringify({ title: "Unauthorized", status: 401, detail: "It has ended.", code }),
  });
}

/** All that a script of this site finds without asking the server. */
function readableByScripts(page: Page): Promise<string> {
  return page.evaluate(async () =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      await indexedDB.databases(),
      await caches.keys(),
      document.documentElement.outerHTML,
    ]),
  );
}
