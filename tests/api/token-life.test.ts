import { decodeProtectedHeader, exportJWK, generateKeyPair } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { assertSecretOpensKeys } from "@/lib/auth/signing-keys";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { forge } from "@/tests/support/forgery";
import { guardedBy } from "@/tests/support/guarded";
import { claimsFor, publishKey } from "@/tests/support/tokens";
import { cookieFor, createSession, createUser, randomText } from "@/tests/support/users";

const guarded = guardedBy("tasks:read");
const keySet = z.object({ keys: z.array(z.record(z.string(), z.string())) });

afterEach(() => vi.useRealTimers());

describe("signing keys", () => {
  it("are exactly one after twenty parallel first calls", async () => {
    const user = await createUser();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => fetchToken(user)));
    const ids = new Set(tokens.map((token) => decodeProtectedHeader(token).kid));

    expect(await database().jwks.count()).toBe(1);
    expect(ids.size).toBe(1);
    expect(await statusesOf(tokens)).toEqual(new Set([200]));
  });

  it("are published without anything private, to be kept a while", async () => {
    const answer = await call("GET", "/api/auth/jwks");
    const { keys } = keySet.parse(answer.body);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([["alg", "crv", "kid", "kty", "x"]]);
  });

  it("sign for ninety days", async () => {
    await fetchToken(await createUser());
    const { createdAt, expiresAt } = await database().jwks.findFirstOrThrow();
    expect(Number(expiresAt) - createdAt.getTime()).toBe(7_776_000_000);
  });

  it("rotate without one false refusal, one at a time", async () => {
    const user = await createUser();
    const tokens = [await fetchToken(user)];
    for (const round of [1, 2, 3]) {
      await database().jwks.updateMany({ data: { expiresAt: new Date() } });
      const fresh = await Promise.all([fetchToken(user), fetchToken(user), fetchToken(user)]);
      const unknown = await forge(
        { ...(await newPair()), id: randomText() },
        { payload: claimsFor(user) },
      );
      const flood = Array.from({ length: 50 }, () => statusOf(unknown));
      tokens.push(...fresh);

      expect(await statusesOf(tokens)).toEqual(new Set([200]));
      expect(new Set(await Promise.all(flood))).toEqual(new Set([401]));
      expect(await database().jwks.count()).toBe(1 + round);
    }
  });

  it("verify within their grace and not beyond it", async () => {
    const user = await createUser();
    const key = await publishKey();
    const token = () => forge(key, { payload: { ...claimsFor(user), jti: randomText() } });
    const endedSince = async (seconds: number) => {
      const expiresAt = new Date(Date.now() - seconds * 1_000);
      await database().jwks.update({ where: { id: key.id }, data: { expiresAt } });
      const { sessionId } = await createSession(user.id);
      return statusOf(await forge(key, { payload: { ...claimsFor(user), sid: sessionId } }));
    };
    expect(await statusOf(await token())).toBe(200);
    expect(await endedSince(4_790)).toBe(200);
    expect(await endedSince(4_801)).toBe(401);
  });

  it("of another program are published and verify, and never sign", async () => {
    const user = await createUser();
    const pair = await newPair();
    const id = randomText();
    await database().jwks.create({
      data: {
        id,
        publicKey: JSON.stringify(await exportJWK(pair.publicKey)),
        privateKey: "kept elsewhere",
        createdAt: new Date(Date.now() + 60_000),
      },
    });
    const theirs = await forge({ id, privateKey: pair.privateKey }, { payload: claimsFor(user) });
    const { keys } = keySet.parse((await call("GET", "/api/auth/jwks")).body);

    expect(await statusOf(theirs)).toBe(200);
    expect(keys.map(({ kid }) => kid)).toContain(id);
    expect(decodeProtectedHeader(await fetchToken(user)).kid).not.toBe(id);
  });

  it("that the secret does not open stop the start, with the way out", async () => {
    await assertSecretOpensKeys();
    const rows = await database().jwks.findMany();
    await database().jwks.updateMany({ data: { privateKey: JSON.stringify("00".repeat(80)) } });
    await expect(assertSecretOpensKeys()).rejects.toThrow("BETTER_AUTH_SECRETS=");
    for (const { id, privateKey } of rows) {
      await database().jwks.update({ where: { id }, data: { privateKey } });
    }
    await assertSecretOpensKeys();
  });
});

describe("a token ends", () => {
  it("at once in the process where its session is signed out", async () => {
    const user = await createUser();
    const token = await fetchToken(user);
    expect(await statusOf(token)).toBe(200);
    await call("POST", "/api/auth/sign-out", { headers: { Cookie: cookieFor(user) } });
    expect(await statusOf(token)).toBe(401);
  });

  it("at once when the other sessions are revoked, which this one survives", async () => {
    const user = await createUser();
    const other = { ...user, ...(await createSession(user.id)) };
    const [mine, theirs] = [await fetchToken(user), await fetchToken(other)];
    expect(await statusesOf([mine, theirs])).toEqual(new Set([200]));
    await call("POST", "/api/auth/revoke-other-sessions", { headers: { Cookie: cookieFor(user) } });
    expect([await statusOf(mine), await statusOf(theirs)]).toEqual([200, 401]);
  });

  it("within a second when another process ends its session", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const user = await createUser();
    const token = await fetchToken(user);
    expect(await statusOf(token)).toBe(200);
    await database().session.delete({ where: { id: user.sessionId } });
    vi.advanceTimersByTime(1_000);
    expect(await statusOf(token)).toBe(401);
  });
});

async function fetchToken(user: { sessionToken: string }): Promise<string> {
  const answer = await call("GET", "/api/auth/token", { headers: { Cookie: cookieFor(user) } });
  return z.object({ token: z.string() }).parse(answer.body).token;
}

async function statusOf(token: string): Promise<number> {
  const request = new Request("http://localhost:3000/api/tasks", {
    headers: { Authorization: `Bearer ${token}` },
  });
  return (await guarded(request, { params: Promise.resolve({}) })).status;
}

async function statusesOf(tokens: string[]): Promise<Set<number>> {
  return new Set(await Promise.all(tokens.map(statusOf)));
}

function newPair() {
  return generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
}
