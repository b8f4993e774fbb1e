import { decodeJwt, decodeProtectedHeader } from "jose";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { database } from "@/lib/db/client";
import { type Answer, call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { cookiesSetBy } from "@/tests/support/cookies";
import { cookieFor, createSession, createUser, randomAddress } from "@/tests/support/users";

const password = "quiet otter reads maps";
const userBody = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string() }),
});

describe("signing up", () => {
  it("makes an account that is signed in, and nothing else", async () => {
    const email = randomAddress();
    const answer = await signUp(email);

    expect(answer.status).toBe(200);
    const { user } = userBody.parse(answer.body);
    expect(user).toMatchObject({ email, name: email.split("@")[0] });
    const session = await call("GET", "/api/auth/get-session", { headers: cookiesSetBy(answer) });
    expect(session.body).toMatchObject({ user: { id: user.id } });
    expect(await database().task.count({ where: { userId: user.id } })).toBe(0);
  });

  it("makes the onboarding tasks if the page for signing up asks for them", async () => {
    const answer = await signUp(randomAddress(), {}, { onboardingTasks: true });
    const { user } = userBody.parse(answer.body);
    expect(await database().task.count({ where: { userId: user.id } })).toBe(5);
  });

  it("makes none for an address that has an account", async () => {
    const { id, email } = await createUser();
    expect((await signUp(email, {}, { onboardingTasks: true })).status).toBe(409);
    expect(await database().task.count({ where: { userId: id } })).toBe(0);
  });

  it("never shows a session token to a script", async () => {
    const answer = await signUp(randomAddress());
    const cookie = cookiesSetBy(answer);
    const { token } = await database().session.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
    const bodies = [
      answer,
      await call("GET", "/api/auth/get-session", { headers: cookie }),
      await call("GET", "/api/auth/list-sessions", { headers: cookie }),
      await call("GET", "/api/auth/token", { headers: cookie }),
    ].map(({ body }) => JSON.stringify(body));

    expect(cookie.Cookie).toContain(token);
    expect(bodies.filter((body) => body.includes(token))).toEqual([]);
    expect(JSON.parse(bodies[1] ?? "").session.id).toEqual(expect.any(String));
  });

  it("keeps the session in a cookie that is out of reach of scripts and other sites", async () => {
    const [session] = (await signUp(randomAddress())).headers.getSetCookie();
    expect(session).toMatch(
      /^evo-todo-3000\.session_token=.+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it("says that an address is taken", async () => {
    const email = randomAddress();
    await signUp(email);
    const again = await signUp(email.toUpperCase());
    expect(again.status).toBe(409);
    expect(problemIn(again).code).toBe("conflict");
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  it("makes one account of parallel sign-ups with one address", async () => {
    const email = randomAddress();
    const answers = await Promise.all(Array.from({ length: 5 }, () => signUp(email)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect(await database().user.count({ where: { email } })).toBe(1);
  });
});

describe("signing in", () => {
  it("replaces the previous session of the browser", async () => {
    const email = randomAddress();
    const first = await signUp(email);
    const before = await sessionsAt(email);
    const second = await signIn(email, password, cookiesSetBy(first));
    const after = await sessionsAt(email);

    expect(second.status).toBe(200);
    expect(after).toHaveLength(1);
    expect(after[0]?.id).not.toBe(before[0]?.id);
  });

  it("refuses a wrong password and an unknown address in the same words", async () => {
    const email = randomAddress();
    await signUp(email);
    const wrong = await signIn(email, "not the right password");
    const unknown = await signIn(randomAddress(), "not the right password");

    expect(wrong.status).toBe(401);
    expect(problemIn(wrong)).toEqual({ ...problemIn(unknown), requestId: expect.any(String) });
    expect(problemIn(wrong).code).toBe("unauthenticated");
    expect([...wrong.headers.keys()]).toEqual([...unknown.headers.keys()]);
  });

  it("gives a session thirty days at most, however much it is used", async () => {
    const user = await createUser();
    const day = 86_400_000;
    const createdAt = new Date(Date.now() - 29 * day);
    const expiresAt = new Date(Date.now() + day / 2);
    await database().session.update({
      where: { id: user.sessionId },
      data: { createdAt, expiresAt },
    });
    await call("GET", "/api/auth/get-session", { headers: { Cookie: cookieFor(user) } });

    const { expiresAt: end } = await database().session.findUniqueOrThrow({
      where: { id: user.sessionId },
    });
    expect(end).toEqual(new Date(createdAt.getTime() + 30 * day));
  });
});

describe("the token of a session", () => {
  it("carries exactly the claims of the contract", async () => {
    const user = await createUser();
    const answer = await call("GET", "/api/auth/token", { headers: { Cookie: cookieFor(user) } });
    const token = tokenIn(answer);

    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(decodeProtectedHeader(token)).toEqual({ alg: "EdDSA", kid: expect.any(String) });
    const claims = decodeJwt(token);
    expect(claims).toEqual({
      iss: "http://localhost:3000",
      aud: "http://localhost:3000/api",
      sub: user.id,
      email: user.email,
      sid: user.sessionId,
      jti: expect.stringMatching(/^[A-Za-z0-9_-]{1,128}$/),
      scope: "tasks:read tasks:write",
      iat: expect.any(Number),
      exp: (claims.iat ?? 0) + 900,
    });
  });

  it("is refused without a session", async () => {
    const answer = await call("GET", "/api/auth/token");
    expect(answer.status).toBe(401);
    expect(problemIn(answer).code).toBe("unauthenticated");
  });
});

describe("ending sessions", () => {
  it("signs out", async () => {
    const user = await createUser();
    const headers = { Cookie: cookieFor(user) };
    const answer = await call("POST", "/api/auth/sign-out", { headers });
    expect(answer.status).toBe(200);
    expect((await call("GET", "/api/auth/get-session", { headers })).body).toBeNull();
  });

  it("changes a password and ends the other sessions", async () => {
    const email = randomAddress();
    const cookies = cookiesSetBy(await signUp(email));
    const { user } = userBody.parse((await signIn(email)).body);
    await createSession(user.id);
    const body = { currentPassword: password, newPassword: "five brown herons sleep" };
    const answer = await call("POST", "/api/auth/change-password", { body, headers: cookies });

    expect(answer.status).toBe(200);
    expect(answer.body).not.toHaveProperty("token");
    expect(await sessionsAt(email)).toHaveLength(1);
    expect((await signIn(email)).status).toBe(401);
    expect((await signIn(email, body.newPassword)).status).toBe(200);
  });

  it("refuses to change a password without the current one", async () => {
    const email = randomAddress();
    const headers = cookiesSetBy(await signUp(email));
    const body = { currentPassword: "not it at all", newPassword: "five brown herons sleep" };
    const answer = await call("POST", "/api/auth/change-password", { body, headers });
    expect(answer.status).toBe(400);
    expect(problemIn(answer).errors).toEqual([
      { pointer: "/currentPassword", detail: "is not the account's password" },
    ]);
    expect((await signIn(email)).status).toBe(200);
  });

  it("ends the other sessions and keeps this one", async () => {
    const user = await createUser();
    await createSession(user.id);
    const headers = { Cookie: cookieFor(user) };
    const answer = await call("POST", "/api/auth/revoke-other-sessions", { headers });
    expect(answer.status).toBe(200);
    expect((await sessionsAt(user.email)).map(({ id }) => id)).toEqual([user.sessionId]);
  });

  it("deletes an account if the password is right", async () => {
    const email = randomAddress();
    const headers = cookiesSetBy(await signUp(email));
    const wrong = await call("POST", "/api/auth/delete-user", {
      headers,
      body: { password: "nope" },
    });
    expect(wrong.status).toBe(400);
    const answer = await call("POST", "/api/auth/delete-user", { headers, body: { password } });
    expect(answer.status).toBe(200);
    expect(await database().user.count({ where: { email } })).toBe(0);
    expect(await sessionsAt(email)).toEqual([]);
  });
});

function signUp(email: string, headers = {}, members = {}) {
  const body = { email, password, ...members };
  return call("POST", "/api/auth/sign-up/email", { body, headers });
}

function signIn(email: string, tried = password, headers = {}) {
  return call("POST", "/api/auth/sign-in/email", { body: { email, password: tried }, headers });
}

function sessionsAt(email: string) {
  return database().session.findMany({ where: { user: { email } } });
}

function tokenIn(answer: Answer): string {
  return z.strictObject({ token: z.string() }).parse(answer.body).token;
}
