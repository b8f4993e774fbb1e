import { describe, expect, it } from "vitest";
import { z } from "zod";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { tokenFor } from "@/tests/support/tokens";
import {
  createSession,
  createUser,
  randomText,
  type SignedIn,
  sessionCookie,
  sessionIdsOf,
} from "@/tests/support/users";

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const safari =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
const edge =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";

const listed = z.array(
  z.strictObject({
    id: z.string(),
    device: z.string(),
    ipAddress: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    current: z.boolean(),
  }),
);

describe("the list of sessions", () => {
  it("shows where the person is signed in, this session first, and no token", async () => {
    const user = await createUser();
    const other = await createSession(user.id);
    const ended = await createSession(user.id);
    await createUser();
    await updateSession(user.sessionId, { userAgent: firefox, ipAddress: "192.0.2.1" });
    await updateSession(other.sessionId, { userAgent: safari, ipAddress: "" });
    await updateSession(ended.sessionId, { expiresAt: new Date(Date.now() - 1_000) });

    const answer = await call("GET", "/api/auth/list-sessions", { headers: sessionCookie(user) });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(listed.parse(answer.body)).toMatchObject([
      { id: user.sessionId, device: "Firefox on Linux", ipAddress: "192.0.2.1", current: true },
      { id: other.sessionId, device: "Safari on iOS", ipAddress: null, current: false },
    ]);
    expect(JSON.stringify(answer.body)).not.toContain(other.sessionToken);
  });

  it.each([
    ["curl/8.5.0", "A program (curl)"],
    ["python-requests/2.32", "A program (python-requests)"],
    ["node", "A program (node)"],
    [`${"x".repeat(80)}/1`, `A program (${"x".repeat(40)})`],
    [edge, "Microsoft Edge on Windows"],
    ["<script>alert(1)</script>", "Unknown device"],
    ["Locked? See http://evil.example/ Windows NT 10.0 x/1 y", "Unknown device"],
    ["evil.example/1.0", "Unknown device"],
    ["Mozilla/5.0", "Unknown device"],
    ["", "Unknown device"],
    [null, "Unknown device"],
  ])("calls %s %s", async (userAgent, device) => {
    const user = await createUser();
    await updateSession(user.sessionId, { userAgent });
    const answer = await call("GET", "/api/auth/list-sessions", { headers: sessionCookie(user) });
    expect(listed.parse(answer.body)[0]?.device).toBe(device);
  });

  it("shows when a session last got a token, accurate to five minutes", async () => {
    const user = await createUser();
    const other = await createSession(user.id);
    const createdAt = new Date(Date.now() - 3_600_000);
    await updateSession(user.sessionId, { createdAt });
    await updateSession(other.sessionId, { createdAt, lastSeenAt: new Date() });
    await call("GET", "/api/auth/token", { headers: sessionCookie(user) });
    const [first] = await expectSeen(user);
    const seenAt = new Date(first?.lastSeenAt ?? 0).getTime();
    expect(Date.now() - seenAt).toBeLessThan(60_000);

    await updateSession(user.sessionId, { lastSeenAt: createdAt });
    await call("GET", "/api/auth/token", { headers: sessionCookie(user) });
    const [again] = listed.parse(
      (await call("GET", "/api/auth/list-sessions", { headers: sessionCookie(user) })).body,
    );
    expect(again?.lastSeenAt).toBe(createdAt.toISOString());
  });

  it("notes a use that comes five minutes after one that another process noted, and none sooner", async () => {
    const [sooner, later] = [await createUser(), await createUser()];
    const usedAgo = async (user: SignedIn, seconds: number) => {
      const lastSeenAt = new Date(Date.now() - seconds * 1_000);
      await updateSession(user.sessionId, { lastSeenAt });
      await call("GET", "/api/auth/token", { headers: sessionCookie(user) });
      return lastSeenAt;
    };
    const storedOf = async ({ sessionId: id }: SignedIn) =>
      (await database().session.findUniqueOrThrow({ where: { id } })).lastSeenAt;
    const noted = await usedAgo(sooner, 290);
    const former = await usedAgo(later, 310);
    await expect.poll(() => storedOf(later)).not.toEqual(former);
    expect(await storedOf(sooner)).toEqual(noted);
  });
});

describe("ending one session", () => {
  it("ends a session of the person's, and its token with it", async () => {
    const user = await createUser();
    const other = await createSession(user.id);
    const token = await tokenFor({ ...user, ...other });
    expect((await call("GET", "/api/tasks", { token })).status).toBe(200);

    const answer = await revoke(user, { id: other.sessionId });
    expect(answer).toMatchObject({ status: 200, body: { status: true } });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await call("GET", "/api/tasks", { token })).status).toBe(401);
    expect(await sessionIdsOf(user)).toEqual([user.sessionId]);
  });

  it("signs out if it is the session that asks", async () => {
    const user = await createUser();
    const answer = await revoke(user, { id: user.sessionId });
    expect(answer.status).toBe(200);
    expectSignedOut(answer.headers);
    expect(await sessionIdsOf(user)).toEqual([]);
  });

  it("does not find a session of another person", async () => {
    const [user, stranger] = [await createUser(), await createUser()];
    const foreign = await revoke(user, { id: stranger.sessionId });
    const random = await revoke(user, { id: randomText() });
    expect(foreign.status).toBe(404);
    expect(problemIn(foreign)).toEqual({ ...problemIn(random), requestId: expect.any(String) });
    expect([...foreign.headers.keys()]).toEqual([...random.headers.keys()]);
    expect(await sessionIdsOf(stranger)).toEqual([stranger.sessionId]);
  });

  it.each([
    ["no id", {}],
    ["a number", { id: 1 }],
    ["an operator", { id: { contains: "" } }],
    ["an empty id", { id: "" }],
    ["NUL", { id: "a\0" }],
    ["a session token beside it", { id: "a", token: "b" }],
  ])("refuses %s", async (_name, body) => {
    const user = await createUser();
    const answer = await revoke(user, body);
    expect(problemIn(answer).code).toBe("invalid_input");
    expect(await sessionIdsOf(user)).toEqual([user.sessionId]);
  });
});

describe("ending several", () => {
  it("keeps this one when the others end", async () => {
    const user = await createUser();
    await createSession(user.id);
    const stranger = await createUser();
    const answer = await call("POST", "/api/auth/revoke-other-sessions", {
      headers: sessionCookie(user),
      body: {},
    });
    expect(answer).toMatchObject({ status: 200, body: { status: true } });
    expect(await sessionIdsOf(user)).toEqual([user.sessionId]);
    expect(await sessionIdsOf(stranger)).toEqual([stranger.sessionId]);
  });

  it("ends this one as well when all end", async () => {
    const user = await createUser();
    await createSession(user.id);
    const answer = await call("POST", "/api/auth/revoke-sessions", {
      headers: sessionCookie(user),
    });
    expect(answer).toMatchObject({ status: 200, body: { status: true } });
    expectSignedOut(answer.headers);
    expect(await sessionIdsOf(user)).toEqual([]);
  });
});

it("signing out deletes the cookie and what the browser stores, but not the cookie of a trusted device", async () => {
  const user = await createUser();
  const answer = await call("POST", "/api/auth/sign-out", {
    headers: sessionCookie(user),
    body: {},
  });
  expect(answer).toMatchObject({ status: 200, body: { success: true } });
  expectSignedOut(answer.headers);
  expect(answer.headers.getSetCookie().join()).not.toContain("known_browser");
});

function expectSignedOut(headers: Headers): void {
  expect(headers.get("clear-site-data")).toMatch(/"storage"/);
  expect(headers.get("clear-site-data")).not.toMatch(/cookies|\*/);
  expect(headers.getSetCookie()).toContainEqual(
    expect.stringMatching(/^evo-todo-3000\.session_token=; Max-Age=0; Path=\/; HttpOnly/),
  );
}

/** The note is written beside the answer, so the first look may come too early. */
async function expectSeen(user: SignedIn) {
  return expect
    .poll(async () => {
      const { body } = await call("GET", "/api/auth/list-sessions", {
        headers: sessionCookie(user),
      });
      return listed.parse(body);
    })
    .toSatisfy((list: z.infer<typeof listed>) => list[0]?.lastSeenAt !== list[0]?.createdAt)
    .then(async () => {
      const { body } = await call("GET", "/api/auth/list-sessions", {
        headers: sessionCookie(user),
      });
      return listed.parse(body);
    });
}

function revoke(user: SignedIn, body: unknown) {
  return call("POST", "/api/auth/revoke-session", { headers: sessionCookie(user), body });
}

async function updateSession(
  id: string,
  data: Parameters<ReturnType<typeof database>["session"]["update"]>[0]["data"],
): Promise<void> {
  await database().session.update({ where: { id }, data });
}
