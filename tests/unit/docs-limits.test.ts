import { describe, expect, it, vi } from "vitest";

type Shown = Record<string, string>;

/** What the page of limits says under an environment. */
async function shown(variables: Record<string, string> = {}): Promise<Shown> {
  vi.resetModules();
  for (const [name, value] of Object.entries(variables)) {
    vi.stubEnv(name, value);
  }
  const { limitGroups } = await import("@/app/docs/limits/limit-groups");
  vi.unstubAllEnvs();
  const entries = limitGroups.flatMap(({ id, limits }) =>
    limits.map(({ what, bound }) => [`${id}: ${what}`, bound]),
  );
  return Object.fromEntries(entries);
}

describe("the page of limits", () => {
  it("says each number that is promised", async () => {
    expect(await shown({ RATE_LIMIT_PER_MINUTE: "" })).toEqual({
      "tasks: Title": "1 to 255 characters",
      "tasks: Description": "2,000 characters",
      "tasks: Search text": "200 characters",
      "tasks: Page of a list": "50 tasks, 100 at most",
      "tasks: Tasks of one person": "100,000",
      "tasks: Deleted task can be restored": "30 days",
      "requests: Body": "64 KiB",
      "requests: Nesting of JSON": "32 levels",
      "requests: Bearer token": "4 KiB",
      "requests: Idempotency key": "1 to 255 visible characters",
      "requests: Repeats get the first answer for": "24 hours",
      "requests: Time of a request with the database": "4 seconds",
      "rates: Task API, for one person": "600 requests a minute",
      "rates: Tokens for one API key": "120 in 1 minute",
      "rates: Unknown API keys from one network": "60 in 1 minute",
      "rates: Tokens for one session": "120 in 1 minute",
      "rates: Sign-ups from one network": "20 in 1 minute",
      "rates: Sign-ups from one network with addresses that have accounts": "5 in 1 hour",
      "rates: Sign-ins and other proofs by a password from one network": "30 in 1 minute",
      "rates: Sign-ins by passkey that one network begins": "60 in 1 minute",
      "rates: Wrong passwords or codes for one account": "10 in 15 minutes",
      "rates: Changes to one account": "60 in 1 minute",
      "rates: Exports of one person’s data": "10 in 1 minute",
      "rates: Mails of one kind to one address": "5 in 1 hour",
      "rates: Requests for a mail from one network": "30 in 1 minute",
      "rates: Links from mails that one network opens": "30 in 1 minute",
      "rates: Devices of one network that ask to be let in": "20 in 1 minute",
      "rates: Codes of devices that one person enters": "20 in 15 minutes",
      "lives: Bearer token": "15 minutes",
      "lives: API key that a device gets": "90 days",
      "lives: Code of a device": "10 minutes",
      "lives: Between two polls of a device": "5 seconds",
      "lives: A sign-in counts as recent for": "15 minutes",
      "accounts: API keys of one person": "100",
      "accounts: Passkeys of one account": "20",
      "accounts: Password": "12 to 128 characters",
      "accounts: Name of a person, key or passkey; client_id of a device": "100 characters",
    });
  });

  it("knows no bearer token that lives longer than a day", async () => {
    const page = await shown({ JWT_EXPIRES_IN: "86400s" });
    expect(page["lives: Bearer token"]).toBe("1 day");
    const { readEnvironment } = await import("@/lib/env");
    expect(() => readEnvironment({ JWT_EXPIRES_IN: "86401s" })).toThrow("JWT_EXPIRES_IN");
  });

  it("has a line for every limit of the auth routes", async () => {
    const page = await shown({ RATE_LIMIT_PER_MINUTE: "600" });
    const { rateLimits } = await import("@/lib/auth/rate-limits");
    const rates = Object.entries(page).filter(([what]) => what.startsWith("rates: "));
    expect(rates).toHaveLength(Object.keys(rateLimits).length + 1);
  });

  it("says what the person who runs the site has set", async () => {
    const page = await shown({
      RATE_LIMIT_PER_MINUTE: "0",
      MAX_TASKS_PER_USER: "0",
      JWT_EXPIRES_IN: "90s",
    });
    expect(page).toMatchObject({
      "tasks: Tasks of one person": "no limit",
      "rates: Task API, for one person": "no limit",
      "rates: Tokens for one API key": "no limit",
      "rates: Wrong passwords or codes for one account": "10 in 15 minutes",
      "lives: Bearer token": "90 seconds",
    });
  });
});
