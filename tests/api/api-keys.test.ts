import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { listApiKeys } from "@/lib/account/api-keys";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { createKeyFor, newKey, postAs } from "@/tests/support/api-keys";
import { problemIn } from "@/tests/support/bodies";
import { cookieFor, createUser, type SignedIn } from "@/tests/support/users";

const keyForm = /^evo_[0-9A-Za-z]{49}$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const day = 86_400_000;
const madeBody = z.object({ id: z.string(), key: z.string(), expiresAt: z.string().nullable() });

let user: SignedIn;

beforeEach(async () => {
  user = await createUser();
});

describe("making a key", () => {
  it("returns the key, which is neither stored nor shown again", async () => {
    const answer = await postAs(user, "/api-key/create", newKey);
    const { id, key } = madeBody.parse(answer.body);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      id,
      name: "backup script",
      scopes: ["tasks:read", "tasks:write"],
      lastFour: key.slice(-4),
      expiresAt: expect.stringMatching(moment),
      lastUsedAt: null,
      createdAt: expect.stringMatching(moment),
      key: expect.stringMatching(keyForm),
    });
    const row = await database().apiKey.findFirstOrThrow({ where: { id } });
    expect(JSON.stringify(row)).not.toContain(key.slice(4, 40));

    const { key: _, ...listed } = z.record(z.string(), z.unknown()).parse(answer.body);
    expect((await list(user)).body).toEqual([listed]);
  });

  it.each([
    ["30 days", 2_592_000, 30],
    ["90 days", 7_776_000, 90],
    ["a year", 31_536_000, 365],
  ])("that lasts %s sets its end", async (_name, expiresIn, days) => {
    const answer = await postAs(user, "/api-key/create", { ...newKey, expiresIn });
    const { expiresAt } = madeBody.parse(answer.body);
    const left = Date.parse(String(expiresAt)) - Date.now();
    expect(left).toBeGreaterThan(days * day - 60_000);
    expect(left).toBeLessThanOrEqual(days * day);
  });

  it("that never expires is possible, with any name and one scope", async () => {
    const name = "😀".repeat(100);
    const answer = await postAs(user, "/api-key/create", {
      name,
      scopes: ["tasks:read"],
      expiresIn: null,
    });
    expect(answer.body).toMatchObject({ name, scopes: ["tasks:read"], expiresAt: null });
  });

  it.each([
    ["no name", { name: undefined }, ["/name"]],
    ["an empty name", { name: " " }, ["/name"]],
    ["a long name", { name: "😀".repeat(101) }, ["/name"]],
    ["a name with NUL", { name: "a\u0000" }, ["/name"]],
    ["a name with half a character", { name: "\ud800" }, ["/name"]],
    ["a number as name", { name: 1 }, ["/name"]],
    ["no scope", { scopes: [] }, ["/scopes"]],
    ["a scope twice", { scopes: ["tasks:read", "tasks:read"] }, ["/scopes"]],
    ["an unknown scope", { scopes: ["tasks:read", "account"] }, ["/scopes/1"]],
    ["scopes as text", { scopes: "tasks:read" }, ["/scopes"]],
    ["no end", { expiresIn: undefined }, ["/expiresIn"]],
    ["another end", { expiresIn: 86_400 }, ["/expiresIn"]],
    ["an end as text", { expiresIn: "2592000" }, ["/expiresIn"]],
    ["a user", { userId: "other" }, ["/userId"]],
  ])("is refused with %s, and makes none", async (_name, members, pointers) => {
    const answer = await postAs(user, "/api-key/create", { ...newKey, ...members });
    expect(problemIn(answer)).toMatchObject({ status: 400, code: "invalid_input" });
    expect(problemIn(answer).errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(await listApiKeys(user.id)).toEqual([]);
  });

  it("requires a recent sign-in, unlike listing and revoking", async () => {
    const { id } = await createKeyFor(user);
    await database().session.update({
      where: { id: user.sessionId },
      data: { createdAt: new Date(Date.now() - 16 * 60_000) },
    });
    const refused = await postAs(user, "/api-key/create", newKey);
    expect(problemIn(refused)).toMatchObject({ status: 403, code: "recent_sign_in_required" });
    expect((await list(user)).body).toHaveLength(1);
    expect((await postAs(user, "/api-key/delete", { keyId: id })).body).toEqual({ status: true });
  });

  it("is refused beyond a hundred, however many requests come at once", async () => {
    const key = await createKeyFor(user);
    const row = await database().apiKey.findFirstOrThrow({ where: { id: key.id } });
    await database().apiKey.createMany({
      data: Array.from({ length: 97 }, (_, index) => ({
        ...row,
        id: `key-${index}`,
        hash: `${row.hash}-${index}`,
      })),
    });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => postAs(user, "/api-key/create", newKey)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409, 409]);
    expect(await database().apiKey.count({ where: { userId: user.id } })).toBe(100);
  });
});

it("expired keys do not count against the limit", async () => {
  const key = await createKeyFor(user);
  const row = await database().apiKey.findFirstOrThrow({ where: { id: key.id } });
  await database().apiKey.createMany({
    data: Array.from({ length: 100 }, (_, index) => ({
      ...row,
      id: `ended-${index}`,
      hash: `${row.hash}-${index}`,
      expiresAt: new Date(Date.now() - 1_000),
    })),
  });
  expect((await postAs(user, "/api-key/create", newKey)).status).toBe(200);
});

describe("revoking a key", () => {
  it("removes it from the list", async () => {
    const { id } = await createKeyFor(user);
    const kept = await createKeyFor(user, { name: "other" });
    expect((await postAs(user, "/api-key/delete", { keyId: id })).status).toBe(200);
    expect((await listApiKeys(user.id)).map((key) => key.id)).toEqual([kept.id]);
  });

  it("of another user is not found, and revokes nothing", async () => {
    const other = await createUser();
    const theirs = await createKeyFor(other);
    const headers = { Cookie: cookieFor(user), "X-Request-Id": "same" };
    const answers = await Promise.all(
      [theirs.id, crypto.randomUUID(), "", "../x"].map((keyId) =>
        call("POST", "/api/auth/api-key/delete", { body: { keyId }, headers }),
      ),
    );
    for (const answer of answers) {
      expect(answer).toEqual({ ...answers[0], headers: answer.headers });
      expect(problemIn(answer).code).toBe("not_found");
    }
    expect(await listApiKeys(other.id)).toHaveLength(1);
  });

  it.each([{}, { keyId: 1 }, { keyId: null }, { keyId: "a\u0000" }, { keyId: { not: "" } }])(
    "refuses %j",
    async (body) => {
      const answer = await postAs(user, "/api-key/delete", body);
      expect(problemIn(answer).errors).toEqual([{ pointer: "/keyId", detail: expect.any(String) }]);
    },
  );
});

it("a user never sees another user's keys", async () => {
  await createKeyFor(await createUser());
  expect((await list(user)).body).toEqual([]);
});

it.each(["/api-key/create", "/api-key/delete"])("%s needs a session", async (path) => {
  const answer = await call("POST", `/api/auth${path}`, { body: newKey });
  expect(problemIn(answer)).toMatchObject({ status: 401, code: "unauthenticated" });
});

function list(person: SignedIn) {
  return call("GET", "/api/auth/api-key/list", { headers: { Cookie: cookieFor(person) } });
}
