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
  it("says the numbers that the code keeps to", async () => {
    const { requestLimits, taskLimits } = await constants();
    expect(await shown()).toMatchObject({
      "tasks: Title": `1 to ${taskLimits.titleLengthMax} characters`,
      "tasks: Description": "2,000 characters",
      "tasks: Search text": `${taskLimits.searchLengthMax} characters`,
      "tasks: Page of a list": `${taskLimits.pageSizeDefault} tasks, ${taskLimits.pageSizeMax} at most`,
      "tasks: Tasks of one person": "100,000",
      "tasks: Deleted task can be restored": `${taskLimits.trashDays} days`,
      "requests: Body": "64 KiB",
      "requests: Nesting of JSON": `${requestLimits.nestingMax} levels`,
      "requests: Bearer token": "4 KiB",
      "requests: Idempotency key": `1 to ${requestLimits.idempotencyKeyLengthMax} visible characters`,
      "requests: Repeats get the first answer for": `${taskLimits.idempotencyKeyHours} hours`,
      "requests: Time of a request with the database": "4 seconds",
      "lives: Bearer token": "15 minutes",
      "lives: API key that a device gets": "90 days",
      "accounts: API keys of one person": "100",
      "accounts: Passkeys of one account": "20",
      "accounts: Name of a person, key or passkey; client_id of a device": "100 characters",
    });
    expect([requestLimits.bodyBytesMax, requestLimits.databaseMillisecondsPerRequest]).toEqual([
      64 * 1_024,
      4_000,
    ]);
  });

  it("has a line for every limit of the auth routes", async () => {
    const page = await shown({ RATE_LIMIT_PER_MINUTE: "600" });
    const { limits } = await import("@/lib/auth/limits");
    const rates = Object.entries(page).filter(([what]) => what.startsWith("rates: "));
    expect(rates).toHaveLength(Object.keys(limits).length + 1);
    expect(page["rates: Task API, for one person"]).toBe("600 requests a minute");
    expect(page["rates: Wrong passwords or codes for one account"]).toBe("10 in 15 minutes");
    expect(page["rates: Mails of one kind to one address"]).toBe("5 in 1 hour");
  });

  it("says what whoever runs the site has set", async () => {
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

async function constants() {
  return {
    requestLimits: await import("@/lib/request-bounds"),
    taskLimits: await import("@/lib/tasks/limits"),
  };
}
