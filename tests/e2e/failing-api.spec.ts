import type { Page, Route } from "@playwright/test";
import { test } from "./support/task-list";
import {
  addTask,
  choose,
  completion,
  composer,
  details,
  expectAllSaved,
  expectTitles,
  row,
  summary,
} from "./support/task-page";
import { expect } from "./support/test";

test.use({ expectedErrors: [/Failed to load resource/] });

const visibleWithinMilliseconds = 100;

test("a new task is in sight within 100 ms of Enter though the API has not answered", async ({
  page,
  list,
}) => {
  const titles = ["Buy flour", "Buy eggs", "Buy salt", "Buy milk", "Buy rice"];
  await list.open([]);
  const api = await holdBack(page, "**/api/tasks");
  const delays: number[] = [];
  for (const title of titles) {
    const delay = watchForRow(page, title);
    await addTask(page, title);
    delays.push(await delay);
    await expect(composer(page)).toBeFocused();
    await expect(composer(page)).toHaveValue("");
  }
  // A busy machine holds up some of them, a slow page all.
  expect(Math.min(...delays)).toBeLessThan(visibleWithinMilliseconds);
  expect(await list.titles()).toEqual([]);

  api.letGo();
  await expectAllSaved(page);
  expect(await list.titles()).toEqual(titles);
});

const failures = [
  { name: "500", words: "Something went wrong on the server.", answer: problem(500, "internal") },
  {
    name: "503",
    words: "The server is not available right now.",
    answer: problem(503, "unavailable", { "Retry-After": "60" }),
  },
  {
    name: "429",
    words: "Too many changes in a short time. Wait a moment.",
    answer: problem(429, "rate_limited", { "Retry-After": "60" }),
  },
  {
    name: "a proxy's HTML page",
    words: "The server sent an answer that could not be read.",
    answer: { status: 200, contentType: "text/html", body: "<h1>Sign in to the hotel</h1>" },
  },
];

for (const { name, words, answer } of failures) {
  test(`when the API answers ${name}, the row is marked and Retry saves it`, async ({
    page,
    list,
  }) => {
    await list.open([]);
    const api = await failEvery(page, (route) => route.fulfill(answer));
    await addTask(page, "Call the plumber");
    const failed = row(page, "Call the plumber");
    await expect(failed.getByText("Not saved.", { exact: true })).toBeVisible();
    await expect(failed.getByText(words)).toBeVisible();
    expect(await list.titles()).toEqual([]);

    await api.recover();
    await failed.getByRole("button", { name: "Retry" }).click();
    await expect(failed.getByText("Not saved.", { exact: true })).toBeHidden();
    await expectAllSaved(page);
    expect(await list.titles()).toEqual(["Call the plumber"]);
  });
}

test("when the connection breaks, every kind of change keeps what was typed until Retry saves it", async ({
  page,
  list,
}) => {
  await list.open([{ title: "Delete this" }, { title: "Rename this" }, { title: "Describe this" }]);
  await addTask(page, "Make the token known");
  await expectAllSaved(page);
  const api = await failEvery(page, (route) => route.fulfill(problem(500, "internal")));

  await choose(page, "Delete this", /^Delete/);
  await summary(page, "Rename this").dblclick();
  await page.getByRole("textbox", { name: "Title" }).fill("A better name");
  await page.getByRole("textbox", { name: "Title" }).press("Enter");
  await summary(page, "Describe this").click();
  const notes = details(page, "Describe this").getByRole("textbox", { name: "Notes" });
  await notes.fill("A thought that took an hour");
  await addTask(page, "A new task");
  await expect(page.getByText("Not saved.", { exact: true })).toHaveCount(4);
  await expect(notes).toHaveValue("A thought that took an hour");
  await expect(page.getByText("4 changes are not saved.")).toBeVisible();

  await api.recover();
  await page.getByRole("button", { name: "Retry all" }).click();
  await expect(page.getByText("Not saved.", { exact: true })).toHaveCount(0);
  await expectAllSaved(page);
  const stored = async () =>
    (await list.stored()).map(({ title, description }) => ({ title, description }));
  // What is deleted shows no longer that it waits.
  await expect.poll(stored).toEqual([
    { title: "A better name", description: null },
    { title: "Describe this", description: "A thought that took an hour" },
    { title: "Make the token known", description: null },
    { title: "A new task", description: null },
  ]);
});

test("an answer that got lost is asked for again, and the task is there once", async ({
  page,
  list,
}) => {
  await list.open([]);
  const keys: (string | undefined)[] = [];
  await page.route("**/api/tasks", async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    if (keys.length > 1) {
      return route.continue();
    }
    await route.fetch();
    await route.abort("connectionreset");
  });
  await addTask(page, "Book the train");
  await expectAllSaved(page);
  expect(await list.titles()).toEqual(["Book the train"]);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
});

test("an API that is busy for a moment is asked again without a word", async ({ page, list }) => {
  await list.open([]);
  let attempts = 0;
  await page.route("**/api/tasks", (route) => {
    attempts += 1;
    const headers = { "Retry-After": "0" };
    if (attempts === 1) {
      return route.fulfill(problem(503, "unavailable", headers));
    }
    if (attempts === 2) {
      return route.fulfill(problem(429, "rate_limited", headers));
    }
    return route.continue();
  });
  await addTask(page, "Be patient");
  await expectAllSaved(page);
  await expect(page.getByText("Not saved.", { exact: true })).toHaveCount(0);
  expect(await list.titles()).toEqual(["Be patient"]);
  expect(attempts).toBe(3);
});

test("offline changes wait, are counted, and go once and in order when the connection is back", async ({
  page,
  context,
  list,
}) => {
  await list.open([{ title: "Known before" }]);
  await context.setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();

  for (const title of ["First", "Second", "Third"]) {
    await addTask(page, title);
  }
  await expect(page.getByText("3 changes wait for the connection.")).toBeVisible();
  await completion(page, "Known before").click();
  await expect(page.getByText("4 changes wait for the connection.")).toBeVisible();
  await expectTitles(page, ["Third", "Second", "First"]);

  const creates: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/tasks")) {
      creates.push(request.postDataJSON().title);
    }
  });
  await context.setOffline(false);
  await expect(page.getByText("You are offline.")).toBeHidden();
  await expectAllSaved(page);
  expect(creates).toEqual(["First", "Second", "Third"]);
  const stored = async () =>
    (await list.stored()).map(({ title, completed }) => ({ title, completed }));
  // Nor does what is completed.
  await expect.poll(stored).toEqual([
    { title: "Known before", completed: true },
    { title: "First", completed: false },
    { title: "Second", completed: false },
    { title: "Third", completed: false },
  ]);
});

/** Holds every request of this kind back until it is let go. */
async function holdBack(page: Page, path: string) {
  let letGo = () => {};
  const gate = new Promise<void>((open) => {
    letGo = open;
  });
  await page.route(path, async (route) => {
    await gate;
    await route.continue();
  });
  return { letGo };
}

/** Lets every request of the task API fail in this way until it recovers. */
async function failEvery(page: Page, fail: (route: Route) => Promise<void>) {
  const paths = /\/api\/tasks(\/|$|\?)/;
  await page.route(paths, fail);
  return { recover: () => page.unroute(paths) };
}

function problem(status: number, code: string, headers: Record<string, string> = {}) {
  return {
    status,
    headers,
    contentType: "application/problem+json",
    body: JSON.stringify({ title: "A problem", status, detail: "On purpose.", code }),
  };
}

/** Milliseconds from the next Enter until the page holds this text, counted in the page itself. */
function watchForRow(page: Page, text: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((done) => {
        let pressedAt = 0;
        addEventListener(
          "keydown",
          (event) => {
            if (event.key === "Enter") {
              pressedAt = performance.now();
            }
          },
          { capture: true },
        );
        const observer = new MutationObserver(() => {
          if (!document.querySelector("[data-task-list]")?.textContent?.includes(wanted)) {
            return;
          }
          observer.disconnect();
          requestAnimationFrame(() => done(performance.now() - pressedAt));
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    text,
  );
}
