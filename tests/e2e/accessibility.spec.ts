import { accountViews, type View } from "./support/account-views";
import { expectAccessible, expectNoSidewaysScroll } from "./support/axe";
import { openPage } from "./support/open-page";
import { test } from "./support/shared-people";
import { addTask, completion, details, openTasks, row, summary, toast } from "./support/task-page";
import { expect } from "./support/test";

const views: View[] = [
  ...accountViews,
  { name: "the landing page", who: "nobody", reach: (page) => openPage(page, "/") },
  { name: "the API reference", who: "nobody", reach: (page) => openPage(page, "/docs") },
  { name: "the list of errors", who: "nobody", reach: (page) => openPage(page, "/docs/errors") },
  { name: "a missing page", who: "nobody", reach: (page) => openPage(page, "/no-such-page") },
  { name: "no tasks yet", who: "empty", reach: (page) => openTasks(page) },
  {
    name: "a search that finds nothing",
    who: "filled",
    reach: async (page) => {
      await openTasks(page, "/tasks?q=nowhere");
      await expect(page.getByText("No task matches “nowhere”")).toBeVisible();
    },
  },
  { name: "a list of tasks", who: "filled", reach: (page) => openTasks(page, "/tasks?status=all") },
  {
    name: "the details of a task",
    who: "filled",
    reach: async (page) => {
      await openTasks(page);
      await summary(page, "Pay the rent").click();
      await expect(details(page, "Pay the rent")).toBeVisible();
    },
  },
  {
    name: "a title being changed",
    who: "filled",
    reach: async (page) => {
      await openTasks(page);
      await summary(page, "Pay the rent").focus();
      await page.keyboard.press("Control+e");
      await expect(page.getByRole("textbox", { name: "Title" })).toBeFocused();
    },
  },
  {
    name: "a task's menu",
    who: "filled",
    reach: async (page) => {
      await openTasks(page);
      await row(page, "Pay the rent").hover();
      await page.getByRole("button", { name: "More: Pay the rent" }).click();
      await expect(page.getByRole("menuitem", { name: /^Delete/ })).toBeVisible();
    },
  },
  {
    name: "the account's menu",
    who: "filled",
    reach: async (page) => {
      await openTasks(page);
      await page.getByRole("button", { name: "Account" }).click();
      await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
    },
  },
  {
    name: "the choice of a due date",
    who: "filled",
    reach: async (page) => {
      await openTasks(page);
      await summary(page, "Pay the rent").focus();
      await page.keyboard.press("t");
      await expect(page.getByRole("dialog", { name: "Due date: Pay the rent" })).toBeVisible();
    },
  },
  {
    name: "the sheet of shortcuts",
    who: "filled",
    reach: async (page) => {
      await openTasks(page);
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    },
  },
  {
    name: "a toast",
    who: "filled",
    reach: async (page) => {
      await page.route(/\/api\/tasks/, () => undefined);
      await openTasks(page);
      await completion(page, "Pay the rent").click();
      await expect(completion(page, "Pay the rent")).toHaveCount(0);
      await toast(page).getByRole("button", { name: "Undo" }).focus();
    },
  },
  {
    name: "a task that could not be saved",
    who: "filled",
    reach: async (page) => {
      await page.route(/\/api\/tasks/, (route) => route.fulfill({ status: 500 }));
      await openTasks(page);
      await addTask(page, "Call the plumber");
      await addTask(page, "Call the roofer");
      await expect(page.getByText("Not saved.", { exact: true })).toHaveCount(2);
      await expect(page.getByText("2 changes are not saved.")).toBeVisible();
    },
  },
  {
    name: "being offline",
    who: "filled",
    reach: async (page) => {
      await openTasks(page);
      await page.context().setOffline(true);
      await addTask(page, "Written in a tunnel");
      await expect(page.getByText("1 change waits for the connection.")).toBeVisible();
    },
  },
  {
    name: "being asked to sign in again",
    who: "filled",
    reach: async (page) => {
      await page.route("**/api/auth/token", (route) => route.fulfill({ status: 401 }));
      await openTasks(page);
      await addTask(page, "Written too late");
      await expect(page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
    },
  },
];

const phone = { hasTouch: true, isMobile: true };
const devices = [
  { device: "a desktop", isForAxe: true, viewport: { width: 1440, height: 900 } },
  { device: "a phone", isForAxe: true, viewport: { width: 390, height: 844 }, ...phone },
  {
    device: "the smallest phone",
    isForAxe: false,
    viewport: { width: 320, height: 568 },
    ...phone,
  },
];

test.use({
  contextOptions: { reducedMotion: "reduce" },
  expectedErrors: [/Failed to load resource/],
});

for (const { device, isForAxe, ...size } of devices) {
  for (const who of ["nobody", "filled", "empty"] as const) {
    test.describe(`on ${device}, ${who}`, () => {
      test.use({
        ...size,
        storageState: async ({ filled, empty }, use) => {
          if (who === "nobody") await use(undefined);
          else await use(who === "filled" ? filled.state : empty.state);
        },
      });

      for (const view of views.filter((candidate) => candidate.who === who)) {
        test(`${view.name}: ${isForAxe ? "axe finds nothing, and " : ""}nothing sticks out`, async ({
          page,
        }) => {
          await view.reach(page);
          await expectNoSidewaysScroll(page);
          if (isForAxe) await expectAccessible(page);
        });
      }
    });
  }
}
