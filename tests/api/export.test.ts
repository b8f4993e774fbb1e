import { describe, expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { withDatabaseDeadline } from "@/lib/deadline";
import { log } from "@/lib/log";
import { exportFile } from "@/lib/operations/export-schema";
import { exportTasks } from "@/lib/tasks/export-tasks";
import { answer, call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { asOtherProgram } from "@/tests/support/other-program";
import { taskOwner } from "@/tests/support/task-owner";
import { tokenFor } from "@/tests/support/tokens";
import {
  cookieFor,
  createUser,
  randomText,
  type SignedIn,
  sessionCookie,
} from "@/tests/support/users";

describe("the export", () => {
  it("has a deadline of its own for each page, whatever its request has left", async () => {
    const user = await createUser();
    const ids = await makeMany(user.id, 1_007);
    const found: string[] = [];
    await withDatabaseDeadline(async () => {
      for await (const page of exportTasks(user.id)) {
        found.push(...page.map(({ id }) => id));
      }
    }, 1);
    expect(found.sort()).toEqual(ids.sort());
  });

  it("is a file with all of the person's data, in the documented form", async () => {
    const user = await createUser();
    await fill(user);
    const response = await call("GET", "/api/auth/export-data", { headers: sessionCookie(user) });
    const today = new Date().toISOString().slice(0, 10);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="evo-todo-${today}.json"`,
    );
    const file = exportFile.parse(response.body);
    expect(file).toMatchObject({
      format: "evo-todo-export",
      version: 1,
      profile: { name: user.name, email: user.email, theme: "dark", timeZone: null },
      signInMethods: [
        { method: "password", providerAccountId: null },
        { method: "github", providerAccountId: "4711" },
      ],
      passkeys: [{ name: "My key", backedUp: true, lastUsedAt: null }],
      apiKeys: [{ name: "A program", scopes: ["tasks:read"], lastFour: "abcd", expiresAt: null }],
      sessions: [{ device: "A program (curl)", userAgent: "curl/8", ipAddress: "192.0.2.1" }],
    });
    expect(JSON.stringify(file)).not.toMatch(/secret-/);
    expect(JSON.stringify(file)).not.toContain(user.sessionToken);
  });

  it("has every task of the person byte for byte, including those in the trash, and no task of others", async () => {
    const owner = await taskOwner();
    const stranger = await taskOwner();
    await stranger.make({ title: "Not yours" });
    const rich = await owner.make({
      title: "Ünï 🦦 \u202e <b>",
      description: 'line\n\u200b"quoted" \\ </script>',
      priority: "high",
      dueDate: "9999-12-31",
    });
    const done = await owner.make({ completed: true });
    const gone = await owner.make();
    await owner.send("DELETE", `/api/tasks/${gone.id}`);

    const { tasks } = await exported(owner.id);
    const byId = new Map(tasks.map((task) => [task.id, task]));
    expect(byId.size).toBe(3);
    for (const task of [rich, done]) {
      const { userId: _, ...members } = task;
      expect(byId.get(task.id)).toEqual({ ...members, deletedAt: null });
    }
    expect(byId.get(gone.id)?.deletedAt).toEqual(expect.any(String));
  });

  it("has each of many tasks once, in the order of their ids", async () => {
    const user = await createUser();
    const ids = await makeMany(user.id, 1_007);
    const { tasks } = await exported(user.id);
    expect(tasks.map(({ id }) => id)).toEqual(ids.sort());
  });

  it("has no address for a session whose address is unknown", async () => {
    const user = await createUser();
    await database().session.update({ where: { id: user.sessionId }, data: { ipAddress: "" } });
    expect((await exported(user.id)).sessions).toMatchObject([{ ipAddress: null }]);
  });

  it("of a person without tasks is a complete file", async () => {
    const user = await createUser();
    expect((await exported(user.id)).tasks).toEqual([]);
  });

  it("reads more only when the client wants more", async () => {
    const user = await createUser();
    await makeMany(user.id, 2_000);
    const reader = (await download(user)).body?.getReader();
    await reader?.read();
    await reader?.read();
    const find = vi.spyOn(database().task, "findMany");
    // Time enough for many pages, counted in queries and not in seconds.
    for (let query = 0; query < 50; query += 1) {
      await database().$queryRaw`SELECT 1 AS "one"`;
    }
    expect(find).not.toHaveBeenCalled();
    find.mockRestore();
    await reader?.cancel();
  });

  it("lets other requests run between two pages", async () => {
    const user = await createUser();
    await makeMany(user.id, 1_200);
    const response = await download(user);
    let isOver = false;
    const whole = response.text().finally(() => {
      isOver = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    expect(JSON.parse(await whole).tasks).toHaveLength(1_200);
  });

  it.each([
    ["the account is deleted", (id: string) => database().user.delete({ where: { id } })],
    ["the database goes away", () => breakTasks()],
  ])("breaks off when %s in the middle, and is not valid JSON then", async (_name, spoil) => {
    const user = await createUser();
    await makeMany(user.id, 1_200);
    const response = await download(user);
    const reader = response.body?.getReader();
    let text = "";
    async function readOn(): Promise<void> {
      const part = await reader?.read();
      text += new TextDecoder().decode(part?.value);
      return part?.done === false ? readOn() : undefined;
    }
    const logged = vi.spyOn(log, "error").mockImplementation(() => {});
    text += new TextDecoder().decode((await reader?.read())?.value);
    text += new TextDecoder().decode((await reader?.read())?.value);
    await spoil(user.id);
    await expect(readOn()).rejects.toThrow();
    expect(logged).toHaveBeenCalled();
    vi.restoreAllMocks();
    expect(() => JSON.parse(text)).toThrow();
  });

  it("is refused to bearer tokens and to signed-out visitors", async () => {
    const user = await createUser();
    const token = await tokenFor(user);
    for (const sent of [{}, { token }]) {
      const refused = await call("GET", "/api/auth/export-data", sent);
      expect(problemIn(refused).code).toBe("unauthenticated");
    }
  });

  it("answers HEAD without reading a task", async () => {
    const user = await createUser();
    const head = await call("HEAD", "/api/auth/export-data", { headers: sessionCookie(user) });
    expect(head).toMatchObject({ status: 200, body: null });
  });
});

async function exported(userId: string) {
  const session = await database().session.findFirstOrThrow({ where: { userId } });
  const headers = { Cookie: cookieFor({ sessionToken: session.token }) };
  const { body } = await call("GET", "/api/auth/export-data", { headers });
  return exportFile.parse(body);
}

function download(user: SignedIn): Promise<Response> {
  return answer(
    new Request("http://localhost:3000/api/auth/export-data", { headers: sessionCookie(user) }),
  );
}

async function makeMany(userId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => crypto.randomUUID());
  await asOtherProgram((tx) =>
    tx.task.createMany({ data: ids.map((id) => ({ id, userId, title: id })) }),
  );
  return ids;
}

/** As far as the export can tell. */
async function breakTasks(): Promise<void> {
  const failure = Object.assign(new Error("Connection terminated"), { code: "08006" });
  vi.spyOn(database().task, "findMany").mockRejectedValue(failure);
}

async function fill({ id: userId, sessionId }: SignedIn): Promise<void> {
  const db = database();
  await db.user.update({ where: { id: userId }, data: { theme: "dark" } });
  await db.session.update({
    where: { id: sessionId },
    data: { userAgent: "curl/8", ipAddress: "192.0.2.1" },
  });
  const [first, second] = [new Date(Date.now() - 2_000), new Date(Date.now() - 1_000)];
  await db.account.createMany({
    data: [
      {
        id: randomText(),
        accountId: userId,
        providerId: "credential",
        userId,
        password: "secret-hash",
        createdAt: first,
      },
      { id: randomText(), accountId: "4711", providerId: "github", userId, createdAt: second },
    ],
  });
  await db.twoStep.create({ data: { userId, secret: "secret-totp", enabledAt: new Date() } });
  await db.recoveryCode.create({ data: { userId, hash: "secret-code" } });
  await db.passkey.create({
    data: {
      userId,
      id: randomText(),
      name: "My key",
      credentialId: "secret-credential",
      publicKey: "secret-key",
      counter: 0,
      transports: "",
      backedUp: true,
    },
  });
  await db.apiKey.create({
    data: {
      userId,
      id: randomText(),
      name: "A program",
      scopes: "tasks:read",
      hash: "secret-key-hash",
      lastFour: "abcd",
    },
  });
}
