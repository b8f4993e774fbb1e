import type { Page } from "@playwright/test";
import {
  type Draft,
  keepOnly,
  type Status,
  type StoredTask,
  storedTasks,
  storedTitles,
} from "./stored-tasks";
import { openTasks } from "./task-page";
import { test as base } from "./test";

/** The list of a test's person, in the browser and as the API keeps it. */
type TaskList = {
  /** Leaves exactly these tasks, the first of them oldest, and opens the list. */
  open: (drafts: Draft[]) => Promise<void>;
  stored: () => Promise<StoredTask[]>;
  titles: (status?: Status) => Promise<string[]>;
};

/** The tests of what happens between the list in the browser and the API. */
export const test = base.extend<{ list: TaskList }>({
  list: async ({ page, person, baseURL }, use) => {
    const url = baseURL ?? "";
    await use({
      open: async (drafts) => {
        await keepOnly(url, person, drafts);
        await openTasks(page);
      },
      stored: async () => storedTasks(url, { token: await tokenOf(page) }),
      titles: async (status) => storedTitles(url, { token: await tokenOf(page) }, status),
    });
  },
});

/** A token of the session that the browser has now, which may be a later one than at first. */
async function tokenOf(page: Page): Promise<string> {
  const { token }: { token: string } = await (await page.request.get("/api/auth/token")).json();
  return token;
}
