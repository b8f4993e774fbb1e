import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { database, Prisma, shareDatabase } from "@/lib/db/client";
import { authEndpoints } from "@/lib/http/auth/auth-route";
import { exportTasks } from "@/lib/tasks/export-tasks";
import { call, type Sent } from "@/tests/support/api";
import { createKeyFor, postAs } from "@/tests/support/api-keys";
import { problemIn } from "@/tests/support/bodies";
import { noteStatements } from "@/tests/support/note-statements";
import { tokenFor } from "@/tests/support/tokens";
import { cookieFor, createUser, type SignedIn } from "@/tests/support/users";

const tokenBody = z.object({ token: z.string(), expiresIn: z.number() });

let user: SignedIn;

beforeEach(async () => {
  user = await createUser();
});

afterEach(() => vi.useRealTimers());

describe("a key is exchanged for a token", () => {
  it("that has its owner, its scopes and its id, and no session", async () => {
    const { id, key } = await createKeyFor(user);
    const answer = await exchange(key);
    const { token, expiresIn } = tokenBody.parse(answer.body);
    const claims = decodeJwt(token);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.body).toEqual({
      token,
      tokenType: "Bearer",
      expiresIn: 900,
      scope: "tasks:read tasks:write",
    });
    expect(Object.keys(decodeProtectedHeader(token)).sort()).toEqual(["alg", "kid"]);
    expect(claims).toEqual({
      iss: "http://localhost:3000",
      aud: "http://localhost:3000/api",
      sub: user.id,
      email: user.email,
      akid: id,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      scope: "tasks:read tasks:write",
      iat: expect.any(Number),
      exp: Number(claims.iat) + expiresIn,
    });
    expect((await tasks(token)).status).toBe(200);
  });

  it("that may do what its scopes allow, and learns which scope it lacks", async () => {
    const { key } = await createKeyFor(user, { scopes: ["tasks:read"] });
    const token = await tokenOf(key);
    expect((await tasks(token)).status).toBe(200);
    const refused = await call("POST", "/api/tasks", { token, body: { title: "Milk" } });
    expect(problemIn(refused)).toMatchObject({ status: 403, code: "insufficient_scope" });
    expect(refused.headers.get("www-authenticate")).toContain('scope="tasks:write"');
  });

  it("with an empty object as body, too", async () => {
    const { key } = await createKeyFor(user);
    expect((await exchange(key, { body: {} })).status).toBe(200);
  });

  it("that ends with its key at the latest", async () => {
    const { id, key } = await createKeyFor(user);
    await end(id, 60_000);
    const { token, expiresIn } = tokenBody.parse((await exchange(key)).body);
    expect(expiresIn).toBeLessThanOrEqual(60);
    expect(expiresIn).toBeGreaterThan(50);
    const { iat = 0, exp = 0 } = decodeJwt(token);
    expect(exp - iat).toBe(expiresIn);
  });

  it("by one statement that uses an index, however many keys there are", async () => {
    const { key } = await createKeyFor(user);
    // The first token ever makes the key that signs.
    await exchange(key);
    const own = database();
    const statements = noteStatements();
    try {
      expect((await exchange(key)).status).toBe(200);
      expect((await exchange(misspelt(key))).status).toBe(401);
    } finally {
      shareDatabase(own);
    }
    // The other one finds what signs the token.
    expect(statements.map(({ name }) => name)).toEqual(["$queryRaw", "Jwks.findMany"]);
    const plan = await planOf(statements[0]?.args);
    expect(plan).toContain("apiKey_hash_key");
    expect(plan).not.toMatch(/Seq Scan/);
  });

  it("and its use is noted, at most once a minute", async () => {
    const { id, key } = await createKeyFor(user);
    const lastUse = async () =>
      (await database().apiKey.findFirstOrThrow({ where: { id } })).lastUsedAt?.getTime();
    await exchange(key);
    const first = await lastUse();
    expect(first).toBeGreaterThan(Date.now() - 10_000);
    await exchange(key);
    expect(await lastUse()).toBe(first);
    const earlier = new Date(Date.now() - 61_000);
    await database().apiKey.updateMany({ where: { id }, data: { lastUsedAt: earlier } });
    await exchange(key);
    expect(await lastUse()).toBeGreaterThan(earlier.getTime());
  });
});

describe("no token is issued", () => {
  it("without a key, or for one in the query, the body, a cookie or another header", async () => {
    const { key } = await createKeyFor(user);
    const requests: [string, Sent][] = [
      ["/api/token", {}],
      ["/api/token", { headers: { "x-api-key": "" } }],
      [`/api/token?x-api-key=${key}&api_key=${key}`, {}],
      ["/api/token", { body: { key, "x-api-key": key } }],
      ["/api/token", { headers: { Cookie: `x-api-key=${key}` } }],
      ["/api/token", { token: key }],
      ["/api/token", { token: await tokenFor(user), headers: { Cookie: cookieFor(user) } }],
    ];
    for (const [path, sent] of requests) {
      const answer = await call("POST", path, sent);
      expect(problemIn(answer)).toMatchObject({ status: 401, code: "unauthenticated" });
      expect(answer.headers.get("www-authenticate")).toBe('ApiKey realm="tasks"');
    }
  });

  it("for a key that is wrong in any way", async () => {
    const { key } = await createKeyFor(user);
    const { key: another } = await createKeyFor(user);
    const ended = await createKeyFor(user);
    const revoked = await createKeyFor(user);
    await end(ended.id, -1);
    await postAs(user, "/api-key/delete", { keyId: revoked.id });
    const wrong = [
      "x",
      "evo_",
      key.slice(4),
      key.slice(0, -1),
      `${key}0`,
      key.toUpperCase(),
      `evo_${another.slice(4, -6)}${key.slice(-6)}`,
      `${key}, ${another}`,
      `${key} ${another}`,
      `Bearer ${key}`,
      "' OR 1=1 --",
      "%",
      "k".repeat(5_000),
      user.sessionToken,
      await tokenFor(user),
      ended.key,
      revoked.key,
    ];
    for (const text of wrong) {
      const answer = await exchange(text);
      expect(problemIn(answer), text).toMatchObject({ status: 401, code: "invalid_token" });
      expect(answer.headers.get("www-authenticate")).toBe('ApiKey realm="tasks"');
    }
  });

  it("for a body that is not empty, or a query, once the key was found to be good", async () => {
    const { key } = await createKeyFor(user);
    const codes = await Promise.all([
      exchange(key, { body: { scope: "tasks:read" } }),
      exchange(key, { body: [] }),
      exchange(key, { raw: "{" }),
      exchange(key, { raw: "x", headers: { "Content-Type": "text/plain" } }),
      exchange(key, { raw: "x".repeat(65_537) }),
      call("POST", "/api/token?scope=x", { headers: { "x-api-key": key } }),
    ]);
    expect(codes.map((answer) => problemIn(answer).code)).toEqual([
      "invalid_input",
      "invalid_input",
      "malformed_json",
      "unsupported_media_type",
      "payload_too_large",
      "invalid_input",
    ]);
    expect((await exchange("x", { raw: "x".repeat(65_537) })).status).toBe(401);
  });
});

describe("a token of a key stops working", () => {
  it("at once in the process where the key is revoked, and the others live on", async () => {
    const [mine, other] = [await createKeyFor(user), await createKeyFor(user)];
    const [token, otherToken] = [await tokenOf(mine.key), await tokenOf(other.key)];
    const sessionToken = await tokenFor(user);
    expect((await tasks(token)).status).toBe(200);
    await postAs(user, "/api-key/delete", { keyId: mine.id });
    expect(problemIn(await tasks(token)).code).toBe("invalid_token");
    expect((await tasks(otherToken)).status).toBe(200);
    expect((await tasks(sessionToken)).status).toBe(200);
  });

  it("within a second of the key's expiry, or of its revocation by another process", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const [ended, gone] = [await createKeyFor(user), await createKeyFor(user)];
    const tokens = [await tokenOf(ended.key), await tokenOf(gone.key)];
    for (const token of tokens) {
      expect((await tasks(token)).status).toBe(200);
    }
    await end(ended.id, -1);
    await database().apiKey.deleteMany({ where: { id: gone.id } });
    vi.advanceTimersByTime(1_000);
    for (const token of tokens) {
      expect(problemIn(await tasks(token)).code).toBe("invalid_token");
    }
  });

  it("when it names a key of another user, or its user is deleted", async () => {
    const other = await createUser();
    const { id, key } = await createKeyFor(other);
    const stolen = await tokenFor(user, { sid: undefined, akid: id });
    expect(problemIn(await tasks(stolen)).code).toBe("invalid_token");
    const asSession = await tokenFor(other, { sid: id });
    expect(problemIn(await tasks(asSession)).code).toBe("invalid_token");
    const asKey = await tokenFor(other, { sid: undefined, akid: other.sessionId });
    expect(problemIn(await tasks(asKey)).code).toBe("invalid_token");

    const token = await tokenOf(key);
    await database().user.delete({ where: { id: other.id } });
    expect(problemIn(await tasks(token)).code).toBe("invalid_token");
  });

  it("while the key lives, signing out changes nothing", async () => {
    const { key } = await createKeyFor(user);
    const token = await tokenOf(key);
    await postAs(user, "/sign-out", {});
    expect((await tasks(token)).status).toBe(200);
  });
});

/** What anybody may call, and so a program too: it gets what it would get without a credential. */
const publicPaths = new Set([
  "/callback/github",
  "/callback/google",
  "/decline-account",
  "/device/code",
  "/device/token",
  "/get-session",
  "/jwks",
  "/ok",
  "/passkey/generate-authenticate-options",
  "/passkey/verify-authentication",
  "/request-password-reset",
  "/reset-password",
  "/send-verification-email",
  "/sign-in/email",
  "/sign-in/social",
  "/sign-out",
  "/sign-up/email",
  "/two-factor/verify-backup-code",
  "/two-factor/verify-totp",
  "/verify-email",
]);

const endpoints = Object.entries(
  authEndpoints({ createOnboardingTasks: async () => {}, exportTasks }),
);

describe("a key and its token, without a session,", () => {
  it.each(endpoints.filter(([path]) => !publicPaths.has(path)))(
    "are refused by %s",
    async (path, { method }) => {
      const answer = await asProgram(method, path);
      expect(problemIn(answer)).toMatchObject({ status: 401, code: "unauthenticated" });
    },
  );

  it.each(endpoints.filter(([path]) => publicPaths.has(path)))(
    "get from %s what nobody gets",
    async (path, { method }) => {
      const answer = await asProgram(method, path);
      const nobody = await call(method, `/api/auth${path}`, bodyFor(method));
      expect(answer.status).toBe(nobody.status);
      expect(withoutNonce(answer.body)).toEqual(withoutNonce(nobody.body));
      expect(JSON.stringify(answer.body)).not.toContain(user.email);
      expect(answer.headers.getSetCookie().join()).not.toMatch(/session_token=[^;]/);
    },
  );
});

async function asProgram(method: string, path: string) {
  const { key } = await createKeyFor(user);
  const token = await tokenOf(key);
  const headers = { "x-api-key": key };
  return call(method, `/api/auth${path}`, { ...bodyFor(method), token, headers });
}

function bodyFor(method: string): Sent {
  return method === "POST" ? { body: {} } : {};
}

/** Each answer has its own request id, and each ceremony its own challenge. */
function withoutNonce(body: unknown): unknown {
  const members = z.record(z.string(), z.unknown()).safeParse(body).data;
  return members ? { ...members, requestId: "", challenge: "" } : body;
}

function exchange(key: string, { headers, ...sent }: Sent = {}) {
  return call("POST", "/api/token", { ...sent, headers: { ...headers, "x-api-key": key } });
}

async function tokenOf(key: string): Promise<string> {
  return tokenBody.parse((await exchange(key)).body).token;
}

function tasks(token: string) {
  return call("GET", "/api/tasks", { token });
}

function end(id: string, milliseconds: number) {
  const expiresAt = new Date(Date.now() + milliseconds);
  return database().apiKey.updateMany({ where: { id }, data: { expiresAt } });
}

/** One letter is another, which the key itself tells. */
function misspelt(key: string): string {
  return `${key.slice(0, -1)}${key.endsWith("a") ? "b" : "a"}`;
}

const rawQuery = z.object({ strings: z.array(z.string()), values: z.array(z.unknown()) });

/** How the database would do what a statement asks if tables were long. */
async function planOf(args: unknown): Promise<string> {
  const { strings, values } = rawQuery.parse(args);
  const [first = "", ...rest] = strings;
  const explained = new Prisma.Sql([`EXPLAIN ${first}`, ...rest], values);
  const [, lines] = await database().$transaction([
    database().$executeRaw`SET LOCAL enable_seqscan = off`,
    database().$queryRaw<unknown[]>(explained),
  ]);
  return JSON.stringify(lines);
}
