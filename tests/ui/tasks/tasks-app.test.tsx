import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import {
  AppRouterContext,
  type AppRouterInstance,
} from "next/dist/shared/lib/app-router-context.shared-runtime";
import { SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ToastProvider } from "@/app/_ui/toasts";
import { defaultView } from "@/app/tasks/task-view";
import { TasksApp } from "@/app/tasks/tasks-app";
import { composingKeys, pressWhileComposing } from "@/tests/support/composing-keys";
import { openTestDatabase } from "@/tests/support/database";
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

let owner: TaskOwner;
let closeDatabase: () => Promise<void>;

const server = setupServer(
  http.get("*/api/auth/token", () => HttpResponse.json({ token: owner.token })),
  wire,
);

async function openList({ hasSingleKeys = true, locale = "en-GB" } = {}) {
  const firstPage = await owner.page({ status: "open" });
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

function titlesShown(): string[] {
  return screen
    .queryAllByRole("checkbox")
    .map((box) => box.getAttribute("aria-label")?.replace("Complete: ", "") ?? "");
}

async function titlesStored(): Promise<string[]> {
  return (await owner.listAll()).map(({ title }) => title);
}

function eventually(check: () => void | Promise<void>): Promise<void> {
  return waitFor(check, { timeout: settleMilliseconds, interval: 50 });
}

beforeAll(async () => {
  closeDatabase = await openTestDatabase();
  server.listen({ onUnhandledRequest: "error" });
});
beforeEach(async () => {
  owner = await taskOwner();
});
afterEach(async () => {
  await eventually(() => expect(document.querySelector("[data-pending]")).toBeNull());
  server.resetHandlers();
});
afterAll(async () => {
  server.close();
  await closeDatabase();
});

describe("the task list", () => {
  it("shows a new task at once, keeps the composer open and empty, and stores it", async () => {
    const user = await openList();
    expect(screen.getByText("Nothing here yet")).toBeDefined();
    const composer = screen.getByRole("textbox", { name: "New task" });
    await user.type(composer, "Buy milk{Enter}");
    expect(titlesShown()).toEqual(["Buy milk"]);
    expect(composer).toHaveProperty("value", "");
    expect(document.activeElement).toBe(composer);
    await eventually(async () => expect(await titlesStored()).toEqual(["Buy milk"]));
  });

  it("marks what could not be saved and sends it at the press of Retry", async () => {
    server.use(http.post("*/api/tasks", () => new HttpResponse(null, { status: 500 })));
    const user = await openList();
    await user.type(screen.getByRole("textbox", { name: "New task" }), "Call Ana{Enter}");
    const retry = await screen.findByRole("button", { name: "Retry" });
    expect(titlesShown()).toEqual(["Call Ana"]);
    server.resetHandlers();
    await user.click(retry);
    await eventually(async () => expect(await titlesStored()).toEqual(["Call Ana"]));
    await eventually(() => expect(screen.queryByText("Not saved.")).toBeNull());
  });

  it("completes by E, moves the focus to the neighbour, and takes it back by Z", async () => {
    for (const title of ["Third", "Second", "First"]) {
      await owner.make({ title });
    }
    const user = await openList();
    await user.keyboard("je");
    expect(document.activeElement?.textContent).toContain("Second");
    await eventually(() => expect(titlesShown()).toEqual(["Second", "Third"]));
    await user.keyboard("z");
    expect(titlesShown()).toEqual(["First", "Second", "Third"]);
    expect(document.activeElement?.textContent).toContain("First");
  });

  it("renames in place, Escape restoring and Enter saving", async () => {
    await owner.make({ title: "Before" });
    const user = await openList();
    await user.dblClick(screen.getByRole("button", { name: "Before" }));
    await user.keyboard("Never{Escape}");
    expect(titlesShown()).toEqual(["Before"]);
    await user.dblClick(screen.getByRole("button", { name: "Before" }));
    await user.keyboard("After{Enter}");
    expect(titlesShown()).toEqual(["After"]);
    await eventually(async () => expect(await titlesStored()).toEqual(["After"]));
  });

  it("leaves letters alone while somebody types", async () => {
    await owner.make({ title: "Stay" });
    const user = await openList();
    await user.type(screen.getByRole("searchbox", { name: "Search" }), "jez1?");
    expect(titlesShown()).toEqual(["Stay"]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("heeds no letter alone for who has turned that off, and every other key", async () => {
    await owner.make({ title: "Second" });
    await owner.make({ title: "First" });
    const user = await openList({ hasSingleKeys: false });
    const first = screen.getByRole("button", { name: "First" });
    act(() => first.focus());
    await user.keyboard("je1tq?z/");
    expect(document.activeElement).toBe(first);
    expect(titlesShown()).toEqual(["First", "Second"]);
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.keyboard("{ArrowDown}");
    expect(document.activeElement?.textContent).toContain("Second");
    await user.click(screen.getByRole("button", { name: "Keyboard shortcuts" }));
    const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(within(sheet).queryByText("Complete or reopen")).toBeNull();
    expect(within(sheet).getByText("Rename")).toBeDefined();
  });

  it.each<[string, () => void]>([
    [
      "the tab comes to the front",
      () => void document.dispatchEvent(new Event("visibilitychange", { bubbles: true })),
    ],
    ["the window takes the focus", () => void window.dispatchEvent(new Event("focus"))],
    [
      "the network returns",
      () => {
        window.dispatchEvent(new Event("offline"));
        window.dispatchEvent(new Event("online"));
      },
    ],
  ])("shows what another client changed as soon as %s", async (_when, happen) => {
    const { id } = await owner.make({ title: "Pay rent" });
    await openList();
    await owner.make({ title: "Made elsewhere" });
    await owner.send("PATCH", `/api/tasks/${id}`, { body: { title: "Pay the new rent" } });
    act(happen);
    await eventually(() => expect(titlesShown()).toEqual(["Made elsewhere", "Pay the new rent"]));
  });

  it("saves notes by itself when the details are closed", async () => {
    const { id } = await owner.make({ title: "With notes" });
    const user = await openList();
    await user.keyboard("j{Enter}");
    const details = screen.getByRole("region", { name: "Details: With notes" });
    await user.type(within(details).getByRole("textbox", { name: "Notes" }), "Line{Escape}");
    expect(screen.queryByRole("region", { name: "Details: With notes" })).toBeNull();
    await eventually(async () => {
      const tasks = await owner.listAll();
      expect(tasks.find((task) => task.id === id)?.description).toBe("Line");
    });
  });
});

describe.each(composingKeys)("a key of a composition, %s", (_how, members) => {
  it.each(["Enter", "Escape"])("adds nothing and leaves no field: %s", async (key) => {
    const user = await openList();
    const composer = screen.getByRole<HTMLInputElement>("textbox", { name: "New task" });
    await user.type(composer, "にほ");
    pressWhileComposing(composer, key, members);
    expect([document.activeElement, composer.value]).toEqual([composer, "にほ"]);
    expect(titlesShown()).toEqual([]);
  });

  it.each(["Enter", "Escape"])("ends no search: %s", async (key) => {
    const user = await openList();
    const search = screen.getByRole<HTMLInputElement>("searchbox", { name: "Search" });
    await user.type(search, "にほ");
    pressWhileComposing(search, key, members);
    expect([document.activeElement, search.value]).toEqual([search, "にほ"]);
  });

  it.each(["Enter", "Escape"])("neither renames nor restores: %s", async (key) => {
    await owner.make({ title: "Before" });
    const user = await openList();
    await user.dblClick(screen.getByRole("button", { name: "Before" }));
    const title = screen.getByRole("textbox", { name: "Title" });
    await user.type(title, "にほ");
    pressWhileComposing(title, key, members);
    expect(screen.queryByRole("textbox", { name: "Title" })).toBe(title);
    await user.keyboard("{Escape}");
    expect((await owner.listAll()).map(({ version }) => version)).toEqual([1]);
  });

  it("closes no details", async () => {
    await owner.make({ title: "With notes" });
    const user = await openList();
    await user.keyboard("j{Enter}");
    const details = screen.getByRole("region", { name: "Details: With notes" });
    const notes = within(details).getByRole("textbox", { name: "Notes" });
    pressWhileComposing(notes, "Escape", members);
    expect(screen.queryByRole("region", { name: "Details: With notes" })).toBe(details);
  });

  it("is no shortcut", async () => {
    await owner.make({ title: "Stay" });
    const user = await openList();
    await user.keyboard("j");
    const focused = document.activeElement ?? document.body;
    for (const key of ["q", "/", "?", "t", "1", "e", "j"]) {
      pressWhileComposing(focused, key, members);
    }
    expect([document.activeElement, titlesShown()]).toEqual([focused, ["Stay"]]);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect((await owner.listAll()).map(({ version }) => version)).toEqual([1]);
  });
});

describe("the choice of a due date", () => {
  it("has a Monday for next week also where weeks start on Sunday", async () => {
    await owner.make({ title: "Plan" });
    const user = await openList({ locale: "en-US" });
    await user.keyboard("jt");
    expect((await screen.findByRole("button", { name: /^Next week/ })).textContent).toBe(
      "Next weekMon",
    );
    await user.keyboard("{Escape}");
  });
});
