import { act, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { eventually, taskList, titlesShown } from "@/tests/support/task-list";

const list = taskList();

describe("the toast about a change", () => {
  function notifications() {
    return screen.getByRole("region", { name: "Notifications" });
  }

  async function openThree() {
    for (const title of ["Third", "Second", "First"]) {
      await list.owner.make({ title });
    }
    return list.open();
  }

  /** Holds the answers to changes back, until the returned function makes them failures. */
  function refuseWhenAsked(): () => void {
    const gate = new EventTarget();
    const opened = new Promise((done) => gate.addEventListener("open", done));
    const refuse = async () => {
      await opened;
      return new HttpResponse(null, { status: 500 });
    };
    list.server.use(http.patch("*/api/tasks/:id", refuse));
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
      const tasks = await list.owner.listAll();
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
    list.server.resetHandlers();
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
    list.server.resetHandlers();
    await user.click(screen.getByRole("button", { name: "Retry" }));
  });
});
