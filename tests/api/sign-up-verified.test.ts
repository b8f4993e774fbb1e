import { describe, expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { type Answer, call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { cookieFor, createUser, randomAddress } from "@/tests/support/users";

vi.hoisted(() => vi.stubEnv("REQUIRE_EMAIL_VERIFICATION", "1"));

const password = "quiet otter reads maps";
const owner = randomAddress();

describe("where addresses have to be confirmed, a sign-up", () => {
  it("answers alike for a new and a taken address, and starts no session", async () => {
    const fresh = await signUp(owner);
    const before = await database().user.findUniqueOrThrow({ where: { email: owner } });
    const taken = await signUp(owner.toUpperCase(), "another good password");

    for (const answer of [fresh, taken]) {
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ user: null, verificationRequired: true });
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(comparable(fresh)).toEqual(comparable(taken));
    const user = await database().user.findUniqueOrThrow({
      where: { email: owner },
      include: { accounts: true, sessions: true },
    });
    expect(user).toMatchObject({ ...before, emailVerified: false, sessions: [] });
    expect(user.accounts).toHaveLength(1);
  });

  it("makes the onboarding tasks if the page for signing up asks for them, and otherwise none", async () => {
    const [asking, other] = [randomAddress(), randomAddress()];
    const tasksOf = (email: string) =>
      database().task.count({ where: { owner: { user: { email } } } });
    await signUp(other);
    const answer = await signUp(asking, password, { onboardingTasks: true });
    expect(answer.body).toEqual({ user: null, verificationRequired: true });
    await expect.poll(() => tasksOf(asking)).toBe(5);
    await signUp(asking, password, { onboardingTasks: true });
    expect([await tasksOf(asking), await tasksOf(other)]).toEqual([5, 0]);
  });

  it("makes one account of several at once", async () => {
    const email = randomAddress();
    const answers = await Promise.all([signUp(email), signUp(email), signUp(email)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await database().user.count({ where: { email } })).toBe(1);
    expect(await database().account.count({ where: { user: { email } } })).toBe(1);
  });

  it("cannot be tried by a sign-in before the address is confirmed", async () => {
    const right = await signIn(password);
    const wrong = await signIn("not it at all");
    expect([right.status, wrong.status]).toEqual([401, 401]);
    expect(problemIn(right).detail).toBe(problemIn(wrong).detail);
    await database().user.update({ where: { email: owner }, data: { emailVerified: true } });
    expect((await signIn(password)).status).toBe(200);
  });
});

it("a session that is older than the setting gets no token until the address is confirmed", async () => {
  const user = await createUser();
  const headers = { Cookie: cookieFor(user) };
  const answer = await call("GET", "/api/auth/token", { headers });
  expect(problemIn(answer).code).toBe("email_not_verified");
  expect(answer.status).toBe(403);
  await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
  expect((await call("GET", "/api/auth/token", { headers })).status).toBe(200);
});

function signUp(email: string, chosen = password, members = {}) {
  const body = { email, password: chosen, ...members };
  return call("POST", "/api/auth/sign-up/email", { body });
}

function signIn(tried: string) {
  return call("POST", "/api/auth/sign-in/email", { body: { email: owner, password: tried } });
}

function comparable({ headers }: Answer): [string, string][] {
  return [...headers].filter(([name]) => name !== "x-request-id");
}
