import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { sendVerification } from "@/lib/account/mail-links";
import { issueOneTimeToken, type Purpose } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { createKeyFor } from "@/tests/support/api-keys";
import { problemIn } from "@/tests/support/bodies";
import { follow, tokenOf } from "@/tests/support/links";
import { createUserWithPassword, password } from "@/tests/support/password";
import { textOfDatabase } from "@/tests/support/text-of-database";
import { tokenFor } from "@/tests/support/tokens";
import { cookieFor, createSession, createUser, type SignedIn } from "@/tests/support/users";
import { setUpWaysIn } from "@/tests/support/ways-in";

const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));
// The first request loads the route.
beforeAll(() => call("GET", "/api/auth/ok"));
afterEach(() => vi.useRealTimers());

const path = "/api/auth/decline-account";

describe("the owner of an address who did not make its account", () => {
  it("removes it by the link of the mail, with all its data and all ways of signing in", async () => {
    const squatter = await createUserWithPassword();
    const elsewhere = await createSession(squatter.id);
    const { key } = await createKeyFor(squatter);
    // What a process remembers of a token does not become old by itself here.
    vi.useFakeTimers({ toFake: ["performance"] });
    const token = await tokenFor(squatter);
    expect((await call("POST", "/api/tasks", { token, body: { title: "Mine" } })).status).toBe(201);

    const answer = await follow(path, await linkFor(squatter));
    expect(answer).toMatchObject({ status: 200, body: { status: true } });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await call("GET", "/api/tasks", { token })).status).toBe(401);
    expect((await call("POST", "/api/token", { headers: { "x-api-key": key } })).status).toBe(401);
    for (const session of [squatter, elsewhere]) {
      const headers = { Cookie: cookieFor(session) };
      expect((await call("GET", "/api/auth/token", { headers })).status).toBe(401);
    }
    const credentials = { email: squatter.email, password };
    const signIn = await call("POST", "/api/auth/sign-in/email", { body: credentials });
    expect(signIn.status).toBe(401);
    expect(await textOfDatabase()).not.toMatch(new RegExp(`${squatter.id}|${squatter.email}`));
  });

  it("leaves no row of it in any table, and frees the address", async () => {
    const squatter = await createUser();
    await setUpWaysIn(squatter.id);
    const expiresAt = new Date(Date.now() + 60_000);
    const challenge = { hash: squatter.id, challenge: "c", userId: squatter.id, expiresAt };
    await database().passkeyChallenge.create({ data: challenge });
    const value = JSON.stringify({ link: { userId: squatter.id } });
    await database().verification.create({
      data: { id: squatter.sessionId, identifier: "state", value, expiresAt },
    });
    expect((await follow(path, await linkFor(squatter))).status).toBe(200);
    expect(await textOfDatabase()).not.toContain(squatter.id);

    const body = { email: squatter.email, password: "five brown herons sleep", name: "Owner" };
    expect((await call("POST", "/api/auth/sign-up/email", { body })).status).toBe(200);
  });

  it("uses a link once, and of two at the same moment only one", async () => {
    const squatter = await createUser();
    const link = await linkFor(squatter);
    const answers = await Promise.all([follow(path, link), follow(path, link)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect((await follow(path, link)).status).toBe(400);
  });

  it("either confirms or removes, where both are pressed at once", async () => {
    for (let round = 0; round < 6; round += 1) {
      const squatter = await createUser();
      const link = await linkFor(squatter);
      const [confirmed, declined] = await Promise.all([
        follow("/api/auth/verify-email", link, {}, { Cookie: cookieFor(squatter) }),
        follow(path, link),
      ]);
      expect([confirmed.status, declined.status].sort()).toEqual([200, 400]);
      const row = await database().user.findUnique({ where: { id: squatter.id } });
      expect(row?.emailVerified).toBe(confirmed.status === 200 ? true : undefined);
    }
  });

  it("does not use up the link on a GET, as mail scanners send it", async () => {
    const squatter = await createUser();
    const link = await linkFor(squatter);
    const scan = await call("GET", `${path}?token=${tokenOf(link)}`);
    expect(scan.status).toBe(405);
    expect((await follow(path, link)).status).toBe(200);
  });

  it("learns from the mail how to do it", async () => {
    const squatter = await createUser();
    sendVerification(squatter);
    expect((await mail.next(squatter.email)).text).toContain(
      "If you did not make this account, open the link and say so",
    );
  });
});

describe("an account stays, and the answer is the same as for an unknown link, for", () => {
  it.each<[string, (user: SignedIn) => Promise<string>]>([
    ["an address that was confirmed meanwhile", confirmedMeanwhile],
    ["a link to a former address", (user) => issue(user, "verify-email", `former-${user.email}`)],
    ["a link for a reset", (user) => issue(user, "reset-password", user.email)],
    ["a link for a change of address", (user) => issue(user, "change-email", user.email)],
    ["a sign-in that waits for its second step", (user) => issue(user, "second-step", null)],
    ["a link that is over", over],
  ])("%s", async (_name, prepare) => {
    const user = await createUser();
    const token = await prepare(user);
    const answer = await call("POST", path, { body: { token } });
    const unknown = await call("POST", path, { body: { token: "x".repeat(43) } });
    expect(answer.status).toBe(400);
    expect(problemIn(answer)).toEqual({
      ...problemIn(unknown),
      requestId: problemIn(answer).requestId,
    });
    expect(await database().session.count({ where: { userId: user.id } })).toBe(1);
  });
});

async function linkFor(user: SignedIn): Promise<string> {
  sendVerification(user);
  return (await mail.next(user.email)).link;
}

function issue({ id }: SignedIn, purpose: Purpose, email: string | null): Promise<string> {
  return issueOneTimeToken(id, purpose, 60, email);
}

async function confirmedMeanwhile(user: SignedIn): Promise<string> {
  const token = await issue(user, "verify-email", user.email);
  await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
  return token;
}

async function over({ id, email }: SignedIn): Promise<string> {
  return issueOneTimeToken(id, "verify-email", -1, email);
}
