import { expect } from "@playwright/test";
import { addTask, completion, details, row, summary, toast } from "./task-page";
import type { View } from "./view";

/** What somebody sees of their list, which holds `lifelikeTasks`. */
export const taskViews: View[] = [
  { name: "a list of tasks", path: "/tasks?status=all" },
  {
    name: "a search that finds nothing",
    path: "/tasks?q=nowhere",
    act: async (page) => {
      await expect(page.getByText("No task matches “nowhere”")).toBeVisible();
    },
  },
  {
    name: "the details of a task",
    path: "/tasks",
    act: async (page) => {
      await summary(page, "Pay the rent").click();
      await expect(details(page, "Pay the rent")).toBeVisible();
    },
  },
  {
    name: "a title being changed",
    path: "/tasks",
    act: async (page) => {
      await summary(page, "Pay the rent").focus();
      await page.keyboard.press("Control+e");
      await expect(page.getByRole("textbox", { name: "Title" })).toBeFocused();
    },
  },
  {
    name: "a task's menu",
    path: "/tasks",
    act: async (page) => {
      await row(page, "Pay the rent").hover();
      await page.getByRole("button", { name: "More: Pay the rent" }).click();
      await expect(page.getByRole("menuitem", { name: /^Delete/ })).toBeVisible();
    },
  },
  {
    name: "the account's menu",
    path: "/tasks",
    act: async (page) => {
      await page.getByRole("button", { name: "Account" }).click();
      await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
    },
  },
  {
    name: "the choice of a due date",
    path: "/tasks",
    act: async (page) => {
      await summary(page, "Pay the rent").focus();
      await page.keyboard.press("t");
      await expect(page.getByRole("dialog", { name: "Due date: Pay the rent" })).toBeVisible();
    },
  },
  {
    name: "the sheet of shortcuts",
    path: "/tasks",
    act: async (page) => {
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    },
  },
  {
    name: "a toast",
    path: "/tasks",
    prepare: (page) => page.route(/\/api\/tasks/, () => undefined),
    act: async (page) => {
      await completion(page, "Pay the rent").click();
      await expect(completion(page, "Pay the rent")).toHaveCount(0);
      await toast(page).getByRole("button", { name: "Undo" }).focus();
    },
  },
  {
    name: "a task that could not be saved",
    path: "/tasks",
    prepare: (page) => page.route(/\/api\/tasks/, (route) => route.fulfill({ status: 500 })),
    act: async (page) => {
      await addTask(page, "Call the plumber");
      await addTask(page, "Call the roofer");
      await expect(page.getByText("Not saved.", { exact: true })).toHaveCount(2);
      await expect(page.getByText("2 changes are not saved.")).toBeVisible();
    },
  },
  {
    name: "being offline",
    path: "/tasks",
    act: async (page) => {
      await page.context().setOffline(true);
      await addTask(page, "Written in a tunnel");
      await expect(page.getByText("1 change waits for the connection.")).toBeVisible();
    },
  },
  {
    name: "being asked to sign in again",
    path: "/tasks",
    prepare: (page) => page.route("**/api/auth/token", (route) => route.fulfill({ status: 401 })),
    act: async (page) => {
      await addTask(page, "Written too late");
      await expect(page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
    },
  },
];
