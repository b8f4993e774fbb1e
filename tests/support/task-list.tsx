import { render, screen, waitFor } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { type SetupServer, setupServer } from "msw/node";
import {
  AppRouterContext,
  type AppRouterInstance,
} from "next/dist/shared/lib/app-router-context.shared-runtime";
import { SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { ToastProvider } from "@/app/_ui/toasts";
import { defaultView } from "@/app/tasks/_view/task-view";
import { TasksApp } from "@/app/tasks/tasks-app";
import type { TaskPage } from "@/lib/client/task-api";
import { openTestDatabase } from "@/tests/support/database";
import { readAll } from "@/tests/support/sync";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";
import { wire } from "@/tests/support/wire";

const settleMilliseconds = 15_000;
const stay = () => undefined;
const router: AppRouterInstance = {
  bfcacheId: "",
  back: stay,
  forward: stay,
  refresh: stay,
  push: stay,
  replace: stay,
  prefetch: stay,
};

type PageMembers = {
  hasSingleKeys?: boolean;
  locale?: string;
  followsFeed?: boolean;
  cursor?: string;
  firstPage?: TaskPage;
};

interface TaskList {
  /** A person of each test's own. */
  owner: TaskOwner;
  /** The way to the real handlers, on which a test can put failures. */
  server: SetupServer;
  /** Shows the page of the owner's open tasks. Only a page that follows the feed asks for it. */
  open(members?: PageMembers): Promise<UserEvent>;
}

/** The page of the tasks over the real handlers and database, for the tests of the file that calls this. */
export function taskList(): TaskList {
  let current: TaskOwner | undefined;
  let closeDatabase: () => Promise<void>;
  const server = setupServer(
    http.get("*/api/auth/token", () => HttpResponse.json({ token: list.owner.token })),
    wire,
  );
  const list: TaskList = {
    get owner() {
      if (current === undefined) {
        throw new Error("The owner is there once a test runs.");
      }
      return current;
    },
    server,
    open: async (members = {}) => {
      if (!members.followsFeed) {
        server.use(http.get("*/api/sync", () => new Promise<never>(() => {})));
      }
      return await show(list.owner, members);
    },
  };

  beforeAll(async () => {
    closeDatabase = await openTestDatabase();
    server.listen({ onUnhandledRequest: "error" });
  });
  beforeEach(async () => {
    current = await taskOwner();
  });
  afterEach(async () => {
    await eventually(() => expect(document.querySelector("[data-pending]")).toBeNull());
    server.resetHandlers();
  });
  afterAll(async () => {
    server.close();
    await closeDatabase();
  });
  return list;
}

async function show(owner: TaskOwner, members: PageMembers) {
  const { hasSingleKeys = true, locale = "en-GB" } = members;
  const cursor = members.cursor ?? (await readAll(owner)).cursor;
  const firstPage = members.firstPage ?? (await owner.page({ status: "open" }));
  const user = userEvent.setup();
  render(
    <AppRouterContext value={router}>
      <SearchParamsContext value={new URLSearchParams()}>
        <ToastProvider>
          <TasksApp
            user={{ id: owner.id, email: "ada@example.test" }}
            timeZone={null}
            firstView={defaultView}
            firstPage={firstPage}
            cursor={cursor}
            hasTasks={firstPage.count > 0}
            todayGuess="2026-11-20"
            locale={locale}
            hasSingleKeys={hasSingleKeys}
          />
        </ToastProvider>
      </SearchParamsContext>
    </AppRouterContext>,
  );
  return user;
}

/** The titles of the tasks on the page, from above. */
export function titlesShown(): string[] {
  return screen
    .queryAllByRole("checkbox")
    .map((box) => box.getAttribute("aria-label")?.replace("Complete: ", "") ?? "");
}

/** Waits until what is checked holds, with time for a busy machine. */
export function eventually(check: () => void | Promise<void>): Promise<void> {
  return waitFor(check, { timeout: settleMilliseconds, interval: 50 });
}
