import { expect, type Locator, type Page } from "@playwright/test";
import { phone } from "./support/devices";
import { expectNothingMoves, expectNothingMovesBack } from "./support/expect-nothing-moves";
import { openPage } from "./support/open-page";
import { signInOtherBrowser } from "./support/other-browser";
import { createApiKey, type Person } from "./support/person";
import { keepOnly } from "./support/stored-tasks";
import { addTask, completion, row, summary, toast } from "./support/task-page";
import { test } from "./support/test";
import { addVirtualAuthenticator } from "./support/virtual-authenticator";

/** Something that opens over a page. */
type Opening = {
  name: string;
  path: string;
  /** What has to be so before, such as a row to press a button of. */
  prepare?: (page: Page, person: Person) => Promise<unknown>;
  /** What is scrolled into sight before. */
  opener?: (page: Page) => Locator;
  /** Opens it and waits until it is in sight. */
  open: (page: Page) => Promise<unknown>;
  /** Closing it changes the page, which then says what is not saved. */
  closingChanges?: boolean;
};

const title = "Task 22";
const widths = [{ width: 1280, height: 720 }, phone];

const ofTasks: Opening[] = [
  {
    name: "the account's menu",
    path: "/tasks",
    open: (page) => press(page, "Account", "menu"),
  },
  {
    name: "a task's menu",
    path: "/tasks",
    prepare: (page) => row(page, title).hover(),
    open: (page) => press(page, `More: ${title}`, "menu"),
  },
  {
    name: "the choice of a due date",
    path: "/tasks",
    prepare: (page) => summary(page, title).focus(),
    open: async (page) => {
      await page.keyboard.press("t");
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "the sheet of shortcuts",
    path: "/tasks",
    open: async (page) => {
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "a toast",
    path: "/tasks?status=all",
    open: async (page) => {
      await completion(page, title).click();
      await expect(toast(page)).toContainText("Completed");
    },
  },
  {
    name: "the question before unsaved changes are lost",
    path: "/tasks",
    prepare: async (page) => {
      await page.context().setOffline(true);
      await addTask(page, "Written in a tunnel");
      await press(page, "Account", "menu");
    },
    open: async (page) => {
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await expect(page.getByRole("menu")).toHaveCount(0);
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "being asked to sign in again",
    closingChanges: true,
    path: "/tasks?status=all",
    // From the beginning, before the page has a token to follow the feed with.
    prepare: async (page) => {
      await page.route("**/api/auth/token", (route) => route.fulfill({ status: 401 }));
      await openPage(page, "/tasks?status=all");
    },
    open: async (page) => {
      await completion(page, title).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
];

const ofSettings: Opening[] = [
  dialog("/settings/security", "Change password"),
  dialog("/settings/security", "Change address"),
  dialog("/settings/security", "Turn on with an authenticator app"),
  {
    ...dialog("/settings/security", /^Rename: /),
    prepare: async (page) => {
      await addVirtualAuthenticator(page);
      await page.getByRole("button", { name: "Add a passkey" }).click();
      await expect(page.getByRole("button", { name: /^Rename: / })).toBeVisible();
    },
  },
  {
    ...dialog("/settings/sessions", /^End \d other/),
    prepare: async (page, person) => {
      await signInOtherBrowser(browserOf(page), person);
      await page.reload();
    },
  },
  dialog("/settings/api-keys", "Make a key"),
  {
    ...dialog("/settings/api-keys", /^Revoke: /),
    prepare: async (page, { cookie }) => {
      await createApiKey(new URL(page.url()).origin, cookie);
      await page.reload();
    },
  },
  dialog("/settings/data", "Delete account"),
];

// Without these, Chromium hides the scroll bar, whose coming and going moves a page.
test.use({
  contextOptions: { reducedMotion: "reduce" },
  expectedErrors: [/status of 401|ERR_INTERNET_DISCONNECTED/],
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, ignoreDefaultArgs: ["--hide-scrollbars"] }),
});

for (const viewport of widths) {
  for (const [place, openings] of [
    ["the tasks", ofTasks],
    ["the settings", ofSettings],
  ] as const) {
    test(`nothing that opens over ${place} moves what is there, ${viewport.width} px wide`, async ({
      page,
      person,
      baseURL,
    }) => {
      await page.setViewportSize(viewport);
      const drafts = Array.from({ length: 24 }, (_, index) => ({ title: `Task ${index}` }));
      for (const { name, path, prepare, opener, open, closingChanges } of openings) {
        await test.step(name, async () => {
          await keepOnly(baseURL ?? "", person, drafts);
          await openPage(page, path);
          await prepare?.(page, person);
          await opener?.(page).scrollIntoViewIfNeeded();
          await expectNothingMoves(page, () => open(page));
          if (!closingChanges) {
            await expectNothingMovesBack(page);
          }
          await page.unrouteAll();
          await page.context().setOffline(false);
        });
      }
    });
  }
}

async function press(page: Page, name: string | RegExp, role: "menu" | "dialog"): Promise<void> {
  await page.getByRole("button", { name }).click();
  await expect(page.getByRole(role)).toBeVisible();
}

/** What a button of the settings opens, however far down it is. */
function dialog(path: string, name: string | RegExp): Opening {
  return {
    name: `the dialog of ${name} on ${path}`,
    path,
    opener: (page) => page.getByRole("button", { name }),
    open: (page) => press(page, name, "dialog"),
  };
}

function browserOf(page: Page) {
  const browser = page.context().browser();
  if (!browser) {
    throw new Error("The page has no browser.");
  }
  return browser;
}
