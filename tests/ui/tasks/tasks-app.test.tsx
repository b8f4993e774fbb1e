import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
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
import { answer } from "@/tests/support/api";
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

describe("an older answer that arrives late", () => {
  /** Holds the next answer back, once the server has made it, until it is released. */
  function holdAnswer(method: "get" | "patch", path: string) {
    const gate = new EventTarget();
    const opened = new Promise((done) => gate.addEventListener("open", done));
    const held = {
      isMade: false,
      isAwaited: () => true,
      release: () => void gate.dispatchEvent(new Event("open")),
    };
    const hold = async ({ request }: { request: Request }) => {
      const made = await answer(request);
      held.isAwaited = () => !request.signal.aborted;
      held.isMade = true;
      await opened;
      return made;
    };
    server.use(http[method](path, hold, { once: true }));
    return held;
  }

  function comeToTheFront() {
    act(() => void window.dispatchEvent(new Event("focus")));
  }

  it("to a change does not undo a newer one from elsewhere", async () => {
    const { id } = await owner.make({ title: "Pay rent" });
    const user = await openList();
    const held = holdAnswer("patch", "*/api/tasks/:id");
    await user.keyboard("j1");
    await eventually(() => expect(held.isMade).toBe(true));
    await owner.send("PATCH", `/api/tasks/${id}`, { body: { title: "Pay the new rent" } });
    comeToTheFront();
    await eventually(() => expect(titlesShown()).toEqual(["Pay the new rent"]));
    held.release();
    await eventually(() => expect(document.querySelector("[data-pending]")).toBeNull());
    expect(titlesShown()).toEqual(["Pay the new rent"]);
  });

  it("to a change does not bring back what was deleted elsewhere", async () => {
    const { id } = await owner.make({ title: "Deleted elsewhere" });
    const user = await openList();
    const held = holdAnswer("patch", "*/api/tasks/:id");
    await user.keyboard("j1");
    await eventually(() => expect(held.isMade).toBe(true));
    await owner.send("DELETE", `/api/tasks/${id}`);
    await owner.make({ title: "Made elsewhere" });
    comeToTheFront();
    await eventually(() => expect(titlesShown()).toContain("Made elsewhere"));
    held.release();
    await eventually(() => expect(titlesShown()).toEqual(["Made elsewhere"]));
  });

  it("with the list does not undo what was stored meanwhile", async () => {
    await owner.make({ title: "Before" });
    const user = await openList();
    await owner.make({ title: "Made elsewhere" });
    const held = holdAnswer("get", "*/api/tasks");
    comeToTheFront();
    await eventually(() => expect(held.isMade).toBe(true));
    await user.dblClick(screen.getByRole("button", { name: "Before" }));
    await user.clear(screen.getByRole("textbox", { name: "Title" }));
    await user.keyboard("After{Enter}");
    await user.type(screen.getByRole("textbox", { name: "New task" }), "New{Enter}");
    await eventually(() => expect(document.querySelector("[data-pending]")).toBeNull());
    expect(held.isAwaited()).toBe(false);
    held.release();
    await eventually(() => expect(titlesShown()).toEqual(["New", "Made elsewhere", "After"]));
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

describe("the toast about a change", () => {
  function notifications() {
    return screen.getByRole("region", { name: "Notifications" });
  }

  async function openThree() {
    for (const title of ["Third", "Second", "First"]) {
      await owner.make({ title });
    }
    return openList();
  }

  /** Holds the answers to changes back, until the returned function makes them failures. */
  function refuseWhenAsked(): () => void {
    const gate = new EventTarget();
    const opened = new Promise((done) => gate.addEventListener("open", done));
    const refuse = async () => {
      await opened;
      return new HttpResponse(null, { status: 500 });
    };
    server.use(http.patch("*/api/tasks/:id", refuse));
    return () => void gate.dispatchEvent(new Event("open"));
  }

  async function complete(user: UserEvent, title: string) {
    await user.click(screen.getByRole("checkbox", { name: `Complete: ${title}` }));
  }

  it("names the task, and its Undo says what it did", async () => {
    const user = await openThree();
    await complete(user, "First");
    expect(notifications().textContent).toBe("Completed FirstUndo");
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(notifications().textContent).toBe("Undone: First is open again");
    expect(within(notifications()).getByRole("status").textContent).toContain("First is open");
    await eventually(() => expect(titlesShown()).toEqual(["First", "Second", "Third"]));
  });

  it("becomes one for several of a kind, whose Undo takes all of them back", async () => {
    const user = await openThree();
    for (const title of ["First", "Second", "Third"]) {
      await complete(user, title);
    }
    expect(notifications().textContent).toBe("3 tasks completedUndo");
    await eventually(() => expect(titlesShown()).toEqual([]));
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(notifications().textContent).toBe("Undone: 3 tasks are open again");
    expect(titlesShown()).toEqual(["First", "Second", "Third"]);
    await eventually(async () => {
      const tasks = await owner.listAll();
      expect(tasks.map(({ completed }) => completed)).toEqual([false, false, false]);
    });
  });

  it("is one of its own after a change of another kind, so that each Undo is about its own", async () => {
    const user = await openThree();
    await user.keyboard("jje");
    await user.keyboard("{Shift>}{Delete}{/Shift}e");
    const [second, third, first] = screen.getAllByRole("button", { name: "Undo" });
    expect([second, third, first].map((button) => button?.parentElement?.textContent)).toEqual([
      "Completed SecondUndo",
      "Deleted ThirdUndo",
      "Completed FirstUndo",
    ]);
    await eventually(() => expect(titlesShown()).toEqual([]));
    await user.click(first ?? document.body);
    expect(titlesShown()).toEqual(["First"]);
  });

  it("does not come for a change by pointer, which is seen where it is made", async () => {
    const user = await openThree();
    await user.click(screen.getByRole("button", { name: "First" }));
    const details = screen.getByRole("region", { name: "Details: First" });
    await user.click(within(details).getByRole("radio", { name: "High" }));
    expect(notifications().textContent).toBe("");
  });

  it("says of several what is left of them when Z takes the last one back", async () => {
    const user = await openThree();
    await complete(user, "First");
    await complete(user, "Second");
    act(() => screen.getByRole("button", { name: "Third" }).focus());
    await user.keyboard("z");
    expect(notifications().textContent).toBe("Completed FirstUndoUndone: Second is open again");
  });

  it.each([
    { keys: "1", says: "Set First to high priority", undone: "First has no priority again" },
    { keys: "{Shift>}{Delete}{/Shift}", says: "Deleted First", undone: "First is back" },
  ])("tells of $says by a key, and of taking it back by Z", async ({ keys, says, undone }) => {
    const user = await openThree();
    await user.keyboard(`j${keys}`);
    expect(notifications().textContent).toBe(`${says}Undo`);
    await user.keyboard("z");
    expect(notifications().textContent).toBe(`Undone: ${undone}`);
  });

  it("does not come for a new title, which shows by itself, but comes for its undo", async () => {
    const user = await openThree();
    await user.keyboard("j{Control>}e{/Control}Best{Enter}");
    expect(notifications().textContent).toBe("");
    await user.keyboard("z");
    expect(notifications().textContent).toBe("Undone: First has the former title again");
  });

  it("tells of a date in words", async () => {
    const user = await openThree();
    await user.keyboard("jt");
    const tomorrow = await screen.findByRole("button", { name: /^Tomorrow/ });
    act(() => tomorrow.focus());
    await user.keyboard("{Enter}");
    expect(notifications().textContent).toBe("Scheduled First for tomorrowUndo");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.keyboard("{Shift>}T{/Shift}");
    expect(notifications().textContent).toContain("Removed the date of First");
    await user.keyboard("z");
    expect(notifications().textContent).toContain("Undone: First is due tomorrow again");
  });

  it("goes when the change could not be saved, which the row says instead", async () => {
    const refuse = refuseWhenAsked();
    const user = await openThree();
    await complete(user, "Second");
    expect(notifications().textContent).toBe("Completed SecondUndo");
    refuse();
    expect((await screen.findByRole("alert")).textContent).toContain("Not saved.");
    expect(notifications().textContent).toBe("");
    server.resetHandlers();
    await user.click(screen.getByRole("button", { name: "Retry" }));
  });

  it("keeps the others of several when one of them could not be saved", async () => {
    const user = await openThree();
    await complete(user, "First");
    await eventually(() => expect(document.querySelector("[data-pending]")).toBeNull());
    const refuse = refuseWhenAsked();
    await complete(user, "Second");
    expect(notifications().textContent).toBe("2 tasks completedUndo");
    refuse();
    await screen.findByRole("alert");
    expect(notifications().textContent).toBe("Completed FirstUndo");
    server.resetHandlers();
    await user.click(screen.getByRole("button", { name: "Retry" }));
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
