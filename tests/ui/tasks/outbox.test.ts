// @vitest-environment node
import { http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createTaskOutbox, type TaskOutbox } from "@/app/tasks/_workspace/task-outbox";
import { type Api, createApi } from "@/lib/client/api";
import { call } from "@/lib/client/call";
import type { Task } from "@/lib/operations/tasks/schemas";
import { uuidVersion7 } from "@/lib/planning/uuid-version-7";
import { draftOf, newTask, type TaskChanges } from "@/lib/tasks/fields";
import { answer } from "@/tests/support/api";
import { openTestDatabase } from "@/tests/support/database";
import { cookieFor, createUser, type SignedIn } from "@/tests/support/users";
import { wire } from "@/tests/support/wire";

const settleMilliseconds = 15_000;

let user: SignedIn;
let isOnline = true;
let stored: Map<string, Task | null>;
let closeDatabase: () => Promise<void>;

/** The browser sends the session's cookie by itself; here it has to be said. */
const signedIn = http.get("*/api/auth/token", ({ request }) =>
  answer(new Request(request.url, { headers: { cookie: cookieFor(user) } })),
);
const server = setupServer(signedIn, wire);

function open(): { outbox: TaskOutbox; api: ReturnType<typeof createApi> } {
  const api = createApi(user.id, null);
  const outbox = createTaskOutbox({
    api,
    isOnline: () => isOnline,
    onStored: async (task) => {
      stored.set(task.id, task);
    },
    onRemoved: async (taskId) => {
      stored.set(taskId, null);
    },
  });
  return { outbox, api };
}

function madeElsewhere(api: Api, title: string): Promise<Task> {
  return call(api, "createTask", { body: draftOf(unstoredTask(title)) });
}

function changeElsewhere(api: Api, { id, version }: Task, body: TaskChanges): Promise<Task> {
  return call(api, "patchTask", { params: { id }, body, version });
}

function unstoredTask(title: string): Task {
  return { ...newTask(user.id, { id: uuidVersion7(), title }, new Date()), version: 0 };
}

function storedTask(id: string): Task {
  const task = stored.get(id);
  if (!task) {
    throw new Error("The task is not stored.");
  }
  return task;
}

async function settled(outbox: TaskOutbox): Promise<void> {
  await vi.waitFor(
    () => {
      const moving = outbox
        .entries()
        .filter(({ state }) => state === "waiting" || state === "sending");
      expect(moving).toEqual([]);
    },
    { timeout: settleMilliseconds },
  );
}

beforeAll(async () => {
  // Paths are relative to the page, and a page is what Node has not got.
  vi.stubGlobal("location", new URL("http://localhost:3000/tasks"));
  closeDatabase = await openTestDatabase();
  server.listen({ onUnhandledRequest: "error" });
});
beforeEach(async () => {
  user = await createUser();
  stored = new Map();
  isOnline = true;
});
afterEach(() => server.resetHandlers());
afterAll(async () => {
  server.close();
  await closeDatabase();
});

describe("changes on their way", () => {
  it("of one task never collide with each other, however quick they come", async () => {
    const { outbox } = open();
    const task = unstoredTask("Draft");
    outbox.create(draftOf(task), task);
    for (const priority of ["low", "medium", "high"] as const) {
      outbox.update(task, { priority });
      outbox.update(task, { title: `Now ${priority}` });
    }
    await settled(outbox);
    expect(outbox.entries()).toEqual([]);
    expect(storedTask(task.id)).toMatchObject({ title: "Now high", priority: "high" });
  });

  it("are taken back while they are on their way, also from a list that is behind", async () => {
    const { outbox, api } = open();
    const task = await madeElsewhere(api, "Mine");
    outbox.update(task, { priority: "high" });
    await settled(outbox);
    outbox.update(task, { completed: true });
    outbox.update({ ...task, completed: true }, { completed: false });
    await settled(outbox);
    expect(outbox.entries()).toEqual([]);
    expect(storedTask(task.id)).toMatchObject({ completed: false, priority: "high" });
  });

  it("made offline go in the order they were made, once the connection is back", async () => {
    const { outbox, api } = open();
    isOnline = false;
    for (const title of ["One", "Two", "Three"]) {
      const task = unstoredTask(title);
      outbox.create(draftOf(task), task);
    }
    expect(outbox.entries()).toHaveLength(3);
    isOnline = true;
    outbox.retry();
    await settled(outbox);
    const { data } = await call(api, "listTasks", { query: { sort: "createdAt" } });
    expect(data.map(({ title }) => title)).toEqual(["One", "Two", "Three"]);
  });

  it("merge with a change of another field from elsewhere", async () => {
    const { outbox, api } = open();
    const task = await madeElsewhere(api, "Mine");
    await changeElsewhere(api, task, { title: "Theirs" });
    outbox.update(task, { priority: "high" });
    await settled(outbox);
    expect(storedTask(task.id)).toMatchObject({ title: "Theirs", priority: "high" });
  });

  it("never overwrite a change of the same field silently; the person decides", async () => {
    const { outbox, api } = open();
    const task = await madeElsewhere(api, "First");
    await changeElsewhere(api, task, { title: "Theirs" });
    outbox.update(task, { title: "Mine" });
    await settled(outbox);
    expect(outbox.entries()).toMatchObject([
      { state: "conflict", change: { changes: { title: "Mine" } }, current: { title: "Theirs" } },
    ]);
    outbox.keepMine(task.id);
    await settled(outbox);
    expect(storedTask(task.id).title).toBe("Mine");
  });

  it("do not slip over a foreign change behind an own change of another field", async () => {
    const { outbox, api } = open();
    const task = await madeElsewhere(api, "First");
    await changeElsewhere(api, task, { description: "Theirs" });
    outbox.update(task, { priority: "low" });
    outbox.update({ ...task, priority: "low" }, { description: "Mine" });
    await settled(outbox);
    expect(outbox.entries()).toMatchObject([{ state: "conflict" }]);
    await outbox.takeTheirs(task.id);
    expect(outbox.entries()).toEqual([]);
    expect(storedTask(task.id)).toMatchObject({ description: "Theirs", priority: "low" });
  });

  it("that the server refuses stay with all that was typed, and can be mended", async () => {
    const { outbox } = open();
    const task = unstoredTask("x".repeat(256));
    outbox.create(draftOf(task), task);
    await settled(outbox);
    expect(outbox.entries()).toMatchObject([
      { state: "failed", change: { draft: { title: task.title } }, error: { status: 400 } },
    ]);
    outbox.update(task, { title: "Shorter" });
    await settled(outbox);
    expect(outbox.entries()).toEqual([]);
    expect(storedTask(task.id).title).toBe("Shorter");
  });

  it("restore a deleted task as it was", async () => {
    const { outbox, api } = open();
    const task = await madeElsewhere(api, "Keep me");
    expect(outbox.remove(task)).toBe(true);
    outbox.restore(task);
    await settled(outbox);
    expect(storedTask(task.id)).toMatchObject({ title: "Keep me", createdAt: task.createdAt });
  });

  it("to a task deleted elsewhere bring it back when they are sent again", async () => {
    const { outbox, api } = open();
    const task = await madeElsewhere(api, "Gone");
    const other = open();
    other.outbox.remove(task);
    await settled(other.outbox);
    outbox.update(task, { title: "Not gone" });
    await settled(outbox);
    expect(outbox.entries()).toMatchObject([{ state: "failed", error: { code: "not_found" } }]);
    outbox.retry(task.id);
    await settled(outbox);
    expect(storedTask(task.id).title).toBe("Not gone");
    expect((await call(api, "listTasks", {})).count).toBe(1);
  });
});
