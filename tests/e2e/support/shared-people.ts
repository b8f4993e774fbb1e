import type { Browser, WorkerInfo } from "@playwright/test";
import type { Person } from "./person";
import { signUpIn } from "./sign-up-in";
import { type Draft, dateIn, keepOnly } from "./stored-tasks";
import { test as base } from "./test";

type Shared = { person: Person; state: Awaited<ReturnType<typeof stateOf>>["state"] };

/** Eight tasks as they stand in a real list, one of them as long as a title may be. */
export const lifelikeTasks: Draft[] = [
  { title: "Return the library books", completed: true },
  { title: "Book a table for Ada’s birthday", dueDate: dateIn(9), description: "Six of us, 19:30" },
  { title: "למצוא רופא שיניים 🦷" },
  {
    title: `Read the contract ${"and every word of it twice over ".repeat(8)}`.slice(0, 255).trim(),
  },
  { title: "Water the plants", dueDate: dateIn(0), priority: "low" },
  { title: "Renew the passport", dueDate: dateIn(-3), priority: "high" },
  { title: "Send the invoice for October", dueDate: dateIn(1), priority: "medium" },
  { title: "Pay the rent", dueDate: dateIn(2), priority: "high", description: "IBAN in the safe" },
];

/**
 * Tests that only look, and so share one signed-in person per worker: one with a list as in real
 * life and one without a task.
 */
export const test = base.extend<object, { filled: Shared; empty: Shared }>({
  filled: [
    async ({ browser }, use, workerInfo) => use(await share(browser, workerInfo, lifelikeTasks)),
    { scope: "worker" },
  ],
  empty: [
    async ({ browser }, use, workerInfo) => use(await share(browser, workerInfo, [])),
    { scope: "worker" },
  ],
});

async function share(browser: Browser, { project }: WorkerInfo, tasks: Draft[]): Promise<Shared> {
  const url = project.use.baseURL ?? "";
  const { person, state } = await stateOf(browser, url);
  await keepOnly(url, person, tasks);
  return { person, state };
}

async function stateOf(browser: Browser, baseURL: string) {
  const context = await browser.newContext({ baseURL });
  const person = await signUpIn(context);
  const state = await context.storageState();
  await context.close();
  return { person, state };
}
