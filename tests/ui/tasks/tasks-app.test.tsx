import { act, screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { answer } from "@/tests/support/api";
import { composingKeys, pressWhileComposing } from "@/tests/support/composing-keys";
import { eventually, taskList, titlesShown } from "@/tests/support/task-list";

const list = taskList();

async function titlesStored(): Promise<string[]> {
  return (await list.owner.listAll()).map(({ title }) => title);
}

describe("the task list", () => {
  it("shows a new task at once, keeps the composer open and empty, and stores it", async () => {
    const user = await list.open();
    expect(screen.getByText("Nothing here yet")).toBeDefined();
    const composer = screen.getByRole("textbox", { name: "New task" });
    await user.type(composer, "Buy milk{Enter}");
    expect(titlesShown()).toEqual(["Buy milk"]);
    expect(composer).toHaveProperty("value", "");
    expect(document.activeElement).toBe(composer);
    await eventually(async () => expect(await titlesStored()).toEqual(["Buy milk"]));
  });

  it("marks what could not be saved and sends it at the press of Retry", async () => {
    list.server.use(http.post("*/api/tasks", () => new HttpResponse(null, { status: 500 })));
    const user = await list.open();
    await user.type(screen.getByRole("textbox", { name: "New task" }), "Call Ana{Enter}");
    const retry = await screen.findByRole("button", { name: "Retry" });
    expect(titlesShown()).toEqual(["Call Ana"]);
    list.server.resetHandlers();
    await user.click(retry);
    await eventually(async () => expect(await titlesStored()).toEqual(["Call Ana"]));
    await eventually(() => expect(screen.queryByText("Not saved.")).toBeNull());
  });

  it("completes by E, moves the focus to the neighbor, and takes it back by Z", async () => {
    for (const title of ["Third", "Second", "First"]) {
      await list.owner.make({ title });
    }
    const user = await list.open();
    await user.keyboard("je");
    expect(document.activeElement?.textContent).toContain("Second");
    await eventually(() => expect(titlesShown()).toEqual(["Second", "Third"]));
    await user.keyboard("z");
    expect(titlesShown()).toEqual(["First", "Second", "Third"]);
    expect(document.activeElement?.textContent).toContain("First");
  });

  it("renames in place, Escape restoring and Enter saving", async () => {
    await list.owner.make({ title: "Before" });
    const user = await list.open();
    await user.dblClick(screen.getByRole("button", { name: "Before" }));
    await user.keyboard("Never{Escape}");
    expect(titlesShown()).toEqual(["Before"]);
    await user.dblClick(screen.getByRole("button", { name: "Before" }));
    await user.keyboard("After{Enter}");
    expect(titlesShown()).toEqual(["After"]);
    await eventually(async () => expect(await titlesStored()).toEqual(["After"]));
  });

  it("leaves letters alone while somebody types", async () => {
    await list.owner.make({ title: "Stay" });
    const user = await list.open();
    await user.type(screen.getByRole("searchbox", { name: "Search" }), "jez1?");
    expect(titlesShown()).toEqual(["Stay"]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("ignores single letters for a person who has turned them off, and heeds every other key", async () => {
    await list.owner.make({ title: "Second" });
    await list.owner.make({ title: "First" });
    const user = await list.open({ hasSingleKeys: false });
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
    const { id } = await list.owner.make({ title: "Pay rent" });
    await list.open();
    await list.owner.make({ title: "Made elsewhere" });
    await list.owner.send("PATCH", `/api/tasks/${id}`, { body: { title: "Pay the new rent" } });
    act(happen);
    await eventually(() => expect(titlesShown()).toEqual(["Made elsewhere", "Pay the new rent"]));
  });

  it("saves notes by itself when the details are closed", async () => {
    const { id } = await list.owner.make({ title: "With notes" });
    const user = await list.open();
    await user.keyboard("j{Enter}");
    const details = screen.getByRole("region", { name: "Details: With notes" });
    await user.type(within(details).getByRole("textbox", { name: "Notes" }), "Line{Escape}");
    expect(screen.queryByRole("region", { name: "Details: With notes" })).toBeNull();
    await eventually(async () => {
      const tasks = await list.owner.listAll();
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
    list.server.use(http[method](path, hold, { once: true }));
    return held;
  }

  function comeToTheFront() {
    act(() => void window.dispatchEvent(new Event("focus")));
  }

  it("to a change does not undo a newer one from elsewhere", async () => {
    const { id } = await list.owner.make({ title: "Pay rent" });
    const user = await list.open();
    const held = holdAnswer("patch", "*/api/tasks/:id");
    await user.keyboard("j1");
    await eventually(() => expect(held.isMade).toBe(true));
    await list.owner.send("PATCH", `/api/tasks/${id}`, { body: { title: "Pay the new rent" } });
    comeToTheFront();
    await eventually(() => expect(titlesShown()).toEqual(["Pay the new rent"]));
    held.release();
    await eventually(() => expect(document.querySelector("[data-pending]")).toBeNull());
    expect(titlesShown()).toEqual(["Pay the new rent"]);
  });

  it("to a change does not bring back what was deleted elsewhere", async () => {
    const { id } = await list.owner.make({ title: "Deleted elsewhere" });
    const user = await list.open();
    const held = holdAnswer("patch", "*/api/tasks/:id");
    await user.keyboard("j1");
    await eventually(() => expect(held.isMade).toBe(true));
    await list.owner.send("DELETE", `/api/tasks/${id}`);
    await list.owner.make({ title: "Made elsewhere" });
    comeToTheFront();
    await eventually(() => expect(titlesShown()).toContain("Made elsewhere"));
    held.release();
    await eventually(() => expect(titlesShown()).toEqual(["Made elsewhere"]));
  });

  it("with the list does not undo what was stored meanwhile", async () => {
    await list.owner.make({ title: "Before" });
    const user = await list.open();
    await list.owner.make({ title: "Made elsewhere" });
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
    const user = await list.open();
    const composer = screen.getByRole<HTMLInputElement>("textbox", { name: "New task" });
    await user.type(composer, "にほ");
    pressWhileComposing(composer, key, members);
    expect([document.activeElement, composer.value]).toEqual([composer, "にほ"]);
    expect(titlesShown()).toEqual([]);
  });

  it.each(["Enter", "Escape"])("ends no search: %s", async (key) => {
    const user = await list.open();
    const search = screen.getByRole<HTMLInputElement>("searchbox", { name: "Search" });
    await user.type(search, "にほ");
    pressWhileComposing(search, key, members);
    expect([document.activeElement, search.value]).toEqual([search, "にほ"]);
  });

  it.each(["Enter", "Escape"])("neither renames nor restores: %s", async (key) => {
    await list.owner.make({ title: "Before" });
    const user = await list.open();
    await user.dblClick(screen.getByRole("button", { name: "Before" }));
    const title = screen.getByRole("textbox", { name: "Title" });
    await user.type(title, "にほ");
    pressWhileComposing(title, key, members);
    expect(screen.queryByRole("textbox", { name: "Title" })).toBe(title);
    await user.keyboard("{Escape}");
    expect((await list.owner.listAll()).map(({ version }) => version)).toEqual([1]);
  });

  it("closes no details", async () => {
    await list.owner.make({ title: "With notes" });
    const user = await list.open();
    await user.keyboard("j{Enter}");
    const details = screen.getByRole("region", { name: "Details: With notes" });
    const notes = within(details).getByRole("textbox", { name: "Notes" });
    pressWhileComposing(notes, "Escape", members);
    expect(screen.queryByRole("region", { name: "Details: With notes" })).toBe(details);
  });

  it("is no shortcut", async () => {
    await list.owner.make({ title: "Stay" });
    const user = await list.open();
    await user.keyboard("j");
    const focused = document.activeElement ?? document.body;
    for (const key of ["q", "/", "?", "t", "1", "e", "j"]) {
      pressWhileComposing(focused, key, members);
    }
    expect([document.activeElement, titlesShown()]).toEqual([focused, ["Stay"]]);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect((await list.owner.listAll()).map(({ version }) => version)).toEqual([1]);
  });
});

describe("the choice of a due date", () => {
  it("has a Monday for next week also where weeks start on Sunday", async () => {
    await list.owner.make({ title: "Plan" });
    const user = await list.open({ locale: "en-US" });
    await user.keyboard("jt");
    expect((await screen.findByRole("button", { name: /^Next week/ })).textContent).toBe(
      "Next weekMon",
    );
    await user.keyboard("{Escape}");
  });
});
