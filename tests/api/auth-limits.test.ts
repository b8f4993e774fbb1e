import { describe, expect, it, vi } from "vitest";
import { database, shareDatabase } from "@/lib/db/client";
import { type Answer, call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { noteStatements } from "@/tests/support/note-statements";
import { createUserWithPassword, password } from "@/tests/support/password";
import { randomNetwork } from "@/tests/support/random-network";
import { cookieFor, createUser, randomAddress } from "@/tests/support/users";

vi.hoisted(() => vi.stubEnv("RATE_LIMIT_PER_MINUTE", "600"));

describe("limits per network", () => {
  it("twenty sign-ups a minute are answered, successful or not", async () => {
    const network = randomNetwork();
    const answers = await times(21, () =>
      call("POST", "/api/auth/sign-up/email", { body: {}, headers: network }),
    );
    expect(statuses(answers)).toEqual({ 400: 20, 429: 1 });
    expectRetryAfter(answers, 60);
    expect((await signUp(randomAddress(), randomNetwork())).status).toBe(200);
  });

  it("thirty sign-ins a minute are answered", async () => {
    const network = randomNetwork();
    const answers = await times(31, () =>
      call("POST", "/api/auth/sign-in/email", { body: {}, headers: network }),
    );
    expect(statuses(answers)).toEqual({ 400: 30, 429: 1 });
    expectRetryAfter(answers, 60);
  });

  it.each([
    ["/verify-password", { password }],
    ["/change-password", { currentPassword: password, newPassword: "five brown herons sleep" }],
    ["/delete-user", { password }],
  ])("right passwords at %s count as well, because each costs a hash", async (path, body) => {
    const headers = randomNetwork();
    const sendAs = async (at: string, members: Record<string, unknown>) =>
      call("POST", `/api/auth${at}`, {
        body: members,
        headers: { ...headers, Cookie: cookieFor(await createUserWithPassword()) },
      });
    const earlier = await times(30, () => sendAs("/sign-in/email", {}));
    expect(statuses(earlier)).toEqual({ 400: 30 });
    expect((await sendAs(path, body)).status).toBe(429);
  });

  it("the addresses of one IPv6 network count as one", async () => {
    const [prefix, other] = ["2001:db8:1:2", "2001:db8:1:3"];
    const ask = (address: string) =>
      call("POST", "/api/auth/sign-in/email", {
        body: {},
        headers: { "X-Forwarded-For": address },
      });
    const answers = await times(31, (index) => ask(`${prefix}::${index.toString(16)}`));
    expect(statuses(answers)).toEqual({ 400: 30, 429: 1 });
    expect((await ask(`${other}::1`)).status).toBe(400);
  });

  it("an IPv4 address counts as one in all its forms", async () => {
    const ask = (address: string) =>
      call("POST", "/api/auth/sign-in/email", {
        body: {},
        headers: { "X-Forwarded-For": address },
      });
    const forms = ["192.0.2.7", "::ffff:192.0.2.7", "::FFFF:c000:207"];
    const answers = await times(31, (index) => ask(forms[index % forms.length] ?? ""));
    expect(statuses(answers)).toEqual({ 400: 30, 429: 1 });
  });

  it("sign-up says five times an hour that an address is taken, and then nothing", async () => {
    const taken = randomAddress();
    await signUp(taken, randomNetwork());
    const network = randomNetwork();
    const answers = await times(8, () => signUp(taken, network));
    expect(statuses(answers)).toEqual({ 409: 5, 429: 3 });
    expectRetryAfter(answers, 3_600);
    expect((await signUp(randomAddress(), network)).status).toBe(429);
    expect((await signUp(randomAddress(), randomNetwork())).status).toBe(200);
  });
});

describe("the limit per session", () => {
  it("a session gets a hundred and twenty tokens a minute", async () => {
    const user = await createUser();
    const answers: Answer[] = [];
    while (answers.length < 121) {
      answers.push(await call("GET", "/api/auth/token", { headers: { Cookie: cookieFor(user) } }));
    }
    expect(statuses(answers)).toEqual({ 200: 120, 429: 1 });
  });
});

describe("counters", () => {
  it("reveal no subject, and start again after their window", async () => {
    const network = randomNetwork();
    const ask = () => call("POST", "/api/auth/sign-in/email", { body: {}, headers: network });
    const clock = vi.spyOn(performance, "now");
    await times(31, ask);
    const rows = await database().rateLimit.findMany();
    expect(rows.some(({ key }) => key.includes(network["X-Forwarded-For"]))).toBe(false);
    await database().rateLimit.updateMany({ data: { lastRequest: { decrement: 60_000 } } });
    const later = performance.now() + 60_000;
    clock.mockImplementation(() => later);
    expect((await ask()).status).toBe(400);
    clock.mockRestore();
  });

  it.each([
    ["/sign-in/email", {}, 31],
    ["/sign-up/email", {}, 21],
    ["/verify-email", { token: "x" }, 31],
    ["/passkey/generate-authenticate-options", {}, 61],
  ])(
    "at %s that are used up cost no statement, however many requests share one",
    async (path, body, count) => {
      const headers = randomNetwork();
      const ask = () => call("POST", `/api/auth${path}`, { body, headers });
      await times(count, ask);
      const client = database();
      const statements = noteStatements();
      expect(statuses(await times(100, ask))).toEqual({ 429: 100 });
      expect(statements).toEqual([]);
      shareDatabase(client);
      expect(
        (await call("POST", `/api/auth${path}`, { body, headers: randomNetwork() })).status,
      ).not.toBe(429);
    },
  );
});

function signUp(email: string, headers: Record<string, string>) {
  return call("POST", "/api/auth/sign-up/email", { body: { email, password }, headers });
}

function times(count: number, work: (index: number) => Promise<Answer>): Promise<Answer[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => work(index)));
}

function statuses(answers: Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) {
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

function expectRetryAfter(answers: Answer[], secondsMax: number): void {
  for (const answer of answers.filter(({ status }) => status === 429)) {
    const seconds = Number(answer.headers.get("retry-after"));
    expect(problemIn(answer).code).toBe("rate_limited");
    expect(seconds).toBeGreaterThan(secondsMax / 2);
    expect(seconds).toBeLessThanOrEqual(secondsMax);
  }
}
