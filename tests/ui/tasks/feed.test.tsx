import { act, screen } from "@testing-library/react";
import { http } from "msw";
import { afterEach, describe, expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { answer } from "@/tests/support/api";
import { readAll } from "@/tests/support/sync";
import { eventually, taskList, titlesShown } from "@/tests/support/task-list";

const list = taskList();
const open = (members = {}) => list.open({ followsFeed: true, ...members });

afterEach(() => void vi.restoreAllMocks());

/** Something that happens elsewhere, while the page may change at any moment. */
function elsewhere(happen: () => Promise<unknown>): Promise<void> {
  return act(async () => void (await happen()));
}

/** Notes what the page asks the API for from now on, and lets it through. */
function noteRequests() {
  const requests: Request[] = [];
  list.server.use(
    http.all("*/api/:resource", ({ request }) => {
      requests.push(request);
      return answer(request);
    }),
  );
  return (path: string) =>
    requests.filter(({ url, method }) => method === "GET" && new URL(url).pathname === path);
}

function setVisibility(state: DocumentVisibilityState) {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  act(() => void document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
}

describe("an open page that nobody touches", () => {
  it("shows what is made, changed and deleted elsewhere", async () => {
    const kept = await list.owner.make({ title: "Pay rent" });
    const gone = await list.owner.make({ title: "Old" });
    await open();
    await elsewhere(() => list.owner.make({ title: "New" }));
    await eventually(() => expect(titlesShown()).toEqual(["New", "Old", "Pay rent"]));
    const path = `/api/tasks/${kept.id}`;
    await elsewhere(() => list.owner.send("PATCH", path, { body: { title: "Pay more" } }));
    await eventually(() => expect(titlesShown()).toEqual(["New", "Old", "Pay more"]));
    await elsewhere(() => list.owner.send("DELETE", `/api/tasks/${gone.id}`));
    await eventually(() => expect(titlesShown()).toEqual(["New", "Pay more"]));
  });

  it("shows what was made while its first page was being read", async () => {
    const { cursor } = await readAll(list.owner);
    await list.owner.make({ title: "In between" });
    await open({ cursor, firstPage: { data: [], count: 0, nextCursor: null } });
    await eventually(() => expect(titlesShown()).toEqual(["In between"]));
  });

  it("reads everything again where its cursor cannot be continued", async () => {
    await open();
    await database().$executeRaw`
      UPDATE "syncState" SET "epoch" = gen_random_uuid() WHERE "userId" = ${list.owner.id}`;
    await elsewhere(() => list.owner.make({ title: "After the restore" }));
    await eventually(() => expect(titlesShown()).toEqual(["After the restore"]));
    await elsewhere(() => list.owner.make({ title: "And later" }));
    await eventually(() => expect(titlesShown()).toEqual(["And later", "After the restore"]));
  });

  it("asks for nothing once it was hidden for a minute, and at once when it is back in front", async () => {
    const asked = noteRequests();
    const timers = vi.spyOn(globalThis, "setTimeout");
    await open();
    await eventually(() => expect(asked("/api/sync")).toHaveLength(1));
    setVisibility("hidden");
    const [stop] = timers.mock.calls.find(([, milliseconds]) => milliseconds === 60_000) ?? [];
    expect(asked("/api/sync")[0]?.signal.aborted).toBe(false);
    stop?.();
    await eventually(() => expect(asked("/api/sync")[0]?.signal.aborted).toBe(true));
    await elsewhere(() => list.owner.make({ title: "Made meanwhile" }));
    setVisibility("visible");
    await eventually(() => expect(titlesShown()).toEqual(["Made meanwhile"]));
  });

  it("asks anew as soon as the network returns", async () => {
    const asked = noteRequests();
    await open();
    await eventually(() => expect(asked("/api/sync")).toHaveLength(1));
    act(() => void window.dispatchEvent(new Event("online")));
    await eventually(() => expect(asked("/api/sync")).toHaveLength(2));
    expect(asked("/api/sync")[0]?.signal.aborted).toBe(true);
  });
});

describe("the page's own changes", () => {
  it("are not read again", async () => {
    const { id } = await list.owner.make({ title: "Pay rent" });
    const asked = noteRequests();
    const user = await open();
    await eventually(() => expect(asked("/api/sync")).toHaveLength(1));
    await user.type(screen.getByRole("textbox", { name: "New task" }), "Tea{Enter}");
    await eventually(() => expect(document.querySelector("[data-pending]")).toBeNull());
    await user.click(screen.getByRole("button", { name: "Pay rent" }));
    await user.keyboard("1");
    await eventually(async () =>
      expect((await list.owner.listAll()).find((task) => task.id === id)?.version).toBe(2),
    );
    await eventually(() => expect(asked("/api/sync").length).toBeGreaterThanOrEqual(3));
    await eventually(() => expect(document.querySelector("[data-pending]")).toBeNull());
    expect(titlesShown()).toEqual(["Tea", "Pay rent"]);
    expect(asked("/api/tasks")).toEqual([]);
  });

  it("do not undo a newer one from elsewhere whose row came first", async () => {
    const { id } = await list.owner.make({ title: "Pay rent" });
    const user = await open();
    const gate = new EventTarget();
    const opened = new Promise((done) => gate.addEventListener("open", done));
    let isMade = false;
    const hold = async ({ request }: { request: Request }) => {
      const made = await answer(request);
      isMade = true;
      await opened;
      return made;
    };
    list.server.use(http.patch("*/api/tasks/:id", hold, { once: true }));
    await user.keyboard("j1");
    await eventually(() => expect(isMade).toBe(true));
    const body = { title: "Pay the new rent" };
    await elsewhere(() => list.owner.send("PATCH", `/api/tasks/${id}`, { body }));
    await elsewhere(() => list.owner.make({ title: "Made elsewhere" }));
    await eventually(() => expect(titlesShown()).toContain("Made elsewhere"));
    gate.dispatchEvent(new Event("open"));
    await eventually(() => expect(document.querySelector("[data-pending]")).toBeNull());
    expect(titlesShown()).toEqual(["Made elsewhere", "Pay the new rent"]);
  });
});
