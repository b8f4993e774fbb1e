import { describe, expect, it } from "vitest";
import { database, shareDatabase } from "@/lib/db/client";
import { type Answer, call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { createCookieJar } from "@/tests/support/cookies";
import { createUserWithPassword, givePassword, password } from "@/tests/support/password";
import { makeSessionOld } from "@/tests/support/recency";
import { cookieFor, createUser, randomAddress } from "@/tests/support/users";

const changedHash = "$scrypt$ln=17,r=8,p=1$AAAA$AAAA";

describe("signing in with a password", () => {
  it("answers with the person and nothing else, in any spelling of the address", async () => {
    const { id, name, email } = await createUserWithPassword();
    for (const spelling of [email, email.toUpperCase()]) {
      const answer = await signIn(spelling);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        user: {
          id,
          name,
          email,
          emailVerified: false,
          image: null,
          createdAt: expect.any(String),
          updatedAt: expect.any(String),
        },
      });
    }
  });

  it("gives a session of a week, or one that ends with the browser if it is not to be remembered", async () => {
    const user = await createUserWithPassword();
    const [week] = (await signIn(user.email)).headers.getSetCookie();
    const body = { email: user.email, password, rememberMe: false };
    const answer = await call("POST", "/api/auth/sign-in/email", { body });
    const [brief] = answer.headers.getSetCookie();

    expect(week).toMatch(/^evo-todo-3000\.session_token=.+; Max-Age=604800;/);
    expect(brief).toMatch(/^evo-todo-3000\.session_token=/);
    expect(brief).not.toMatch(/Max-Age|Expires/i);
    const last = await newestSession(user.id);
    expect(last.expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 86_400_000);
  });

  it("stores no more than a line of the user agent", async () => {
    const user = await createUserWithPassword();
    await signIn(user.email, password, { "User-Agent": "x".repeat(4_000) });
    expect((await newestSession(user.id)).userAgent).toBe("x".repeat(512));
  });

  it("is refused alike without an account, without a password and with a wrong one", async () => {
    const known = await createUserWithPassword();
    const withoutPassword = await createUser();
    const answers = [
      await signIn(known.email, "not it"),
      await signIn(withoutPassword.email, "not it"),
      await signIn(randomAddress(), "not it"),
    ];
    const [first] = answers.map(outside);
    expect(first).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    for (const answer of answers) {
      expect(outside(answer)).toEqual(first);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  it("takes as long for an address without an account", async () => {
    const user = await createUserWithPassword();
    await signIn(user.email);
    const known: number[] = [];
    const unknown: number[] = [];
    while (known.length < 5) {
      known.push(await timed(() => signIn(user.email, "not it")));
      unknown.push(await timed(() => signIn(randomAddress(), "not it")));
    }
    // Generous, because the machine does other work, too; a hash left out would be a factor of ten.
    const ratio = median(known) / median(unknown);
    expect(ratio).toBeGreaterThan(1 / 3);
    expect(ratio).toBeLessThan(3);
  }, 60_000);

  it("does not restore the hash of a password that was changed meanwhile", async () => {
    const user = await createUserWithPassword();
    const own = database();
    shareDatabase(withChangeBeforeRehash(user.id));
    try {
      expect((await signIn(user.email)).status).toBe(401);
    } finally {
      shareDatabase(own);
    }
    const { password: stored } = await database().account.findFirstOrThrow({
      where: { userId: user.id },
    });
    expect(stored).toBe(changedHash);
    expect(await database().session.count({ where: { userId: user.id } })).toBe(1);
  });
});

describe("confirming one's identity with the password", () => {
  const path = "/api/auth/verify-password";

  it("makes the session recent again", async () => {
    const user = await createUserWithPassword();
    const headers = { Cookie: cookieFor(user) };
    const change = () => call("POST", "/api/auth/two-factor/disable", { headers, body: {} });
    await makeSessionOld(user);
    expect(problemIn(await change()).code).toBe("recent_sign_in_required");
    const answer = await call("POST", path, { headers, body: { password } });
    expect(answer).toMatchObject({ status: 200, body: { status: true } });
    expect((await change()).status).toBe(200);
  });

  it("refuses a wrong one, and counts it with those of a sign-in", async () => {
    const user = await createUserWithPassword();
    const headers = { Cookie: cookieFor(user) };
    await makeSessionOld(user);
    const body = { password: "not it" };
    const wrong = await call("POST", path, { headers, body });
    expect(wrong.status).toBe(400);
    expect(problemIn(wrong).errors).toEqual([
      { pointer: "/password", detail: "is not the account's password" },
    ]);
    await Promise.all(Array.from({ length: 9 }, () => call("POST", path, { headers, body })));
    expect((await call("POST", path, { headers, body: { password } })).status).toBe(429);
    expect((await signIn(user.email)).status).toBe(429);
    const { authenticatedAt } = await database().session.findUniqueOrThrow({
      where: { id: user.sessionId },
    });
    expect(authenticatedAt).toBeNull();
  });

  it("requires a session, and another proof from a person without a password", async () => {
    expect((await call("POST", path, { body: { password } })).status).toBe(401);
    const headers = { Cookie: cookieFor(await createUser()) };
    expect((await call("POST", path, { headers, body: { password } })).status).toBe(400);
  });

  it.each([
    [{}, "/password"],
    [{ password: "" }, "/password"],
    [{ password: 1 }, "/password"],
    [{ password: "a\0b" }, "/password"],
    [{ password: "x".repeat(129) }, "/password"],
    [{ password, userId: "x" }, "/userId"],
  ])("refuses %j", async (body, pointer) => {
    const headers = { Cookie: cookieFor(await createUser()) };
    const answer = await call("POST", path, { headers, body });
    expect(answer.status).toBe(400);
    expect(problemIn(answer).errors?.map((error) => error.pointer)).toEqual([pointer]);
  });
});

it("a sign-in in one browser leaves the sessions of others alone", async () => {
  const user = await createUserWithPassword();
  const jar = createCookieJar();
  jar.keep(await signIn(user.email));
  await givePassword(user.id);
  jar.keep(await signIn(user.email, password, jar.headers()));
  const rows = await database().session.findMany({ where: { userId: user.id } });
  expect(rows).toHaveLength(2);
  expect(rows.map(({ id }) => id)).toContain(user.sessionId);
});

function signIn(email: string, tried = password, headers: Record<string, string> = {}) {
  return call("POST", "/api/auth/sign-in/email", { body: { email, password: tried }, headers });
}

/** A client with which the password is changed in the moment before a stronger hash of it is stored. */
function withChangeBeforeRehash(userId: string) {
  const changing = database();
  return changing.$extends({
    query: {
      account: {
        async updateMany({ args, query }) {
          await changing.account.updateMany({
            where: { userId },
            data: { password: changedHash },
          });
          return query(args);
        },
      },
    },
  });
}

function newestSession(userId: string) {
  return database().session.findFirstOrThrow({ where: { userId }, orderBy: { createdAt: "desc" } });
}

/** What can be seen of an answer, without what differs between any two. */
function outside(answer: Answer) {
  const headers = [...answer.headers].filter(([name]) => name !== "x-request-id");
  return { status: answer.status, body: { ...problemIn(answer), requestId: "" }, headers };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
