import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Api, createApi } from "@/lib/client/api";
import { ApiError } from "@/lib/client/api-error";
import { openTabChannel, type TabChannel, tellTabs } from "@/lib/client/tab-channel";

const userId = "ada";
const server = setupServer();
const channels: TabChannel[] = [];
let tokensIssued = 0;

function tokenFor(subject: string, lifeSeconds: number): string {
  tokensIssued += 1;
  // The server's clock is far from this machine's on purpose.
  const iat = 4_000_000_000;
  const claims = { sub: subject, iat, exp: iat + lifeSeconds, jti: String(tokensIssued) };
  return `e30.${btoa(JSON.stringify(claims)).replaceAll("=", "")}.signature${tokensIssued}`;
}

function issuesTokens(lifeSeconds = 900, subject = userId) {
  return http.get("*/api/auth/token", () =>
    HttpResponse.json({ token: tokenFor(subject, lifeSeconds) }),
  );
}

function problem(status: number, code: string, headers: Record<string, string> = {}, more = {}) {
  return HttpResponse.json(
    { type: "about:blank", title: code, status, detail: `Says ${code}.`, code, ...more },
    { status, headers: { "content-type": "application/problem+json", ...headers } },
  );
}

/** The fake timers leave those of `AbortSignal.timeout` alone. */
function timeoutByFakeClock(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
}

function openTab(): Api {
  const channel = openTabChannel();
  if (channel) {
    channels.push(channel);
  }
  return createApi(userId, channel);
}

function read(api: Api) {
  return api.request({ method: "GET", path: "/api/tasks", read: (body) => body });
}

function write(api: Api, idempotencyKey?: string) {
  return api.request({
    method: "POST",
    path: "/api/tasks",
    body: { title: "Buy milk" },
    read: (body) => body,
    ...(idempotencyKey ? { idempotencyKey } : {}),
  });
}

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ApiError) {
      return error;
    }
    throw error;
  }
  throw new Error("The request succeeded.");
}

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  tokensIssued = 0;
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 20 });
  vi.spyOn(AbortSignal, "timeout").mockImplementation(timeoutByFakeClock);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  server.resetHandlers();
  for (const channel of channels.splice(0)) {
    channel.close();
  }
});
afterAll(() => server.close());

describe("the token", () => {
  it("is fetched once for many requests at the same time and sent as a bearer token", async () => {
    const seen: (string | null)[] = [];
    server.use(
      issuesTokens(),
      http.get("*/api/tasks", ({ request }) => {
        seen.push(request.headers.get("authorization"));
        return HttpResponse.json({ data: [] });
      }),
    );
    const api = openTab();
    await Promise.all(Array.from({ length: 20 }, () => read(api)));
    expect(tokensIssued).toBe(1);
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toMatch(/^Bearer e30\..+\.signature1$/);
  });

  it("is renewed before it ends, by its own life and whatever the clock says", async () => {
    server.use(
      issuesTokens(100),
      http.get("*/api/tasks", () => HttpResponse.json({})),
    );
    const api = openTab();
    await read(api);
    vi.setSystemTime(new Date("2001-01-01"));
    await read(api);
    expect(tokensIssued).toBe(1);
    await vi.advanceTimersByTimeAsync(80_000);
    await read(api);
    await vi.waitFor(() => expect(tokensIssued).toBe(2));
  });

  it("stays in memory", async () => {
    server.use(
      issuesTokens(),
      http.get("*/api/tasks", () => HttpResponse.json({})),
    );
    await read(openTab());
    expect(localStorage).toHaveLength(0);
    expect(sessionStorage).toHaveLength(0);
    expect(document.cookie).toBe("");
  });

  it("reaches the other tabs of the same person", async () => {
    server.use(
      issuesTokens(),
      http.get("*/api/tasks", () => HttpResponse.json({})),
    );
    const first = openTab();
    const second = openTab();
    const heard = new Promise((resolve) => second.channel?.listen(resolve));
    await read(first);
    await heard;
    await read(second);
    expect(tokensIssued).toBe(1);
  });

  it("is replaced once after a 401, and the request repeated", async () => {
    server.use(
      issuesTokens(),
      http.get("*/api/tasks", ({ request }) =>
        request.headers.get("authorization")?.endsWith("signature1")
          ? problem(401, "token_expired")
          : HttpResponse.json({ fine: true }),
      ),
    );
    expect(await read(openTab())).toEqual({ fine: true });
    expect(tokensIssued).toBe(2);
  });

  it("is not fetched again and again when the API refuses fresh ones", async () => {
    server.use(
      issuesTokens(),
      http.get("*/api/tasks", () => problem(401, "invalid_token")),
    );
    const error = await failure(read(openTab()));
    expect(error).toMatchObject({ status: 401, code: "invalid_token" });
    expect(tokensIssued).toBe(2);
  });

  it("is forgotten here and in other tabs after signing out", async () => {
    server.use(
      issuesTokens(),
      http.get("*/api/tasks", () => HttpResponse.json({})),
    );
    const first = openTab();
    const second = openTab();
    await read(first);
    await read(second);
    const heard = new Promise<void>((resolve) =>
      second.channel?.listen((message) => {
        if (message.kind === "signed-out") {
          resolve();
        }
      }),
    );
    tellTabs({ kind: "signed-out" });
    await heard;
    const issuedBefore = tokensIssued;
    await read(second);
    expect(tokensIssued).toBe(issuedBefore + 1);
  });
});

describe("a session that is over", () => {
  it("lets requests wait until the person has signed in again", async () => {
    let signedIn = false;
    let written = 0;
    server.use(
      http.get("*/api/auth/token", () =>
        signedIn
          ? HttpResponse.json({ token: tokenFor(userId, 900) })
          : problem(401, "unauthenticated"),
      ),
      http.post("*/api/tasks", async ({ request }) => {
        written += 1;
        return HttpResponse.json(await request.json(), { status: 201 });
      }),
    );
    const api = openTab();
    const waiting = write(api, "key");
    await vi.waitFor(() => expect(api.session.state()).toBe("asking"));
    expect(written).toBe(0);
    signedIn = true;
    api.session.reopen();
    expect(await waiting).toEqual({ title: "Buy milk" });
    expect(api.session.state()).toBe("open");
  });

  it("fails what waits when the person declines, and what comes after", async () => {
    server.use(http.get("*/api/auth/token", () => problem(401, "unauthenticated")));
    const api = openTab();
    const waiting = failure(write(api, "key"));
    await vi.waitFor(() => expect(api.session.state()).toBe("asking"));
    api.session.decline();
    expect((await waiting).code).toBe("signed_out");
    expect((await failure(read(api))).code).toBe("signed_out");
  });

  it("never writes for one person what another typed", async () => {
    let written = 0;
    server.use(
      issuesTokens(900, "grace"),
      http.post("*/api/tasks", () => {
        written += 1;
        return HttpResponse.json({});
      }),
    );
    const api = openTab();
    expect((await failure(write(api, "key"))).code).toBe("another_person");
    expect(api.session.state()).toBe("another-person");
    expect(written).toBe(0);
  });
});

describe("failures", () => {
  it("waits as long as Retry-After says, then succeeds", async () => {
    const times: number[] = [];
    server.use(
      issuesTokens(),
      http.get("*/api/tasks", () => {
        times.push(performance.now());
        return times.length === 1
          ? problem(503, "unavailable", { "retry-after": "3" })
          : HttpResponse.json({ fine: true });
      }),
    );
    const answer = read(openTab());
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await answer).toEqual({ fine: true });
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(3_000);
  });

  it.each([429, 503])("gives up on %i after five attempts", async (status) => {
    let calls = 0;
    server.use(
      issuesTokens(),
      http.get("*/api/tasks", () => {
        calls += 1;
        return problem(status, status === 429 ? "rate_limited" : "unavailable");
      }),
    );
    const error = failure(read(openTab()));
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await error).status).toBe(status);
    expect(calls).toBe(5);
  });

  it("does not keep a person waiting for longer than half a minute", async () => {
    let calls = 0;
    server.use(
      issuesTokens(),
      http.get("*/api/tasks", () => {
        calls += 1;
        return problem(429, "rate_limited", { "retry-after": "120" });
      }),
    );
    const error = await failure(read(openTab()));
    expect(error.retryAfterSeconds).toBe(120);
    expect(calls).toBe(1);
  });

  it.each([
    ["a read", (api: Api) => read(api), 5],
    ["a write with an Idempotency-Key", (api: Api) => write(api, "key"), 5],
    ["a write that may have happened", (api: Api) => write(api), 1],
  ])("repeats %s after a lost connection as often as is harmless", async (_name, call, times) => {
    let calls = 0;
    const lose = () => {
      calls += 1;
      return HttpResponse.error();
    };
    server.use(issuesTokens(), http.all("*/api/tasks", lose));
    const error = failure(call(openTab()));
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await error).code).toBe("network");
    expect(calls).toBe(times);
  });

  it("sends the same Idempotency-Key and body with every repetition", async () => {
    const seen: unknown[] = [];
    server.use(
      issuesTokens(),
      http.post("*/api/tasks", async ({ request }) => {
        seen.push([request.headers.get("idempotency-key"), await request.json()]);
        return seen.length < 3 ? problem(409, "idempotency_in_progress") : HttpResponse.json({});
      }),
    );
    const answer = write(openTab(), "the-key");
    await vi.advanceTimersByTimeAsync(20_000);
    await answer;
    expect(seen).toEqual(Array(3).fill(["the-key", { title: "Buy milk" }]));
  });

  it("ends a request that takes too long", async () => {
    server.use(
      issuesTokens(),
      http.post("*/api/tasks", () => new Promise<Response>(() => undefined)),
    );
    const error = failure(write(openTab()));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await error).toMatchObject({ status: 0, code: "timeout" });
  });

  it("carries what the problem says, the task as it stands included", async () => {
    const current = { id: "1", version: 3 };
    const errors = [{ pointer: "/title", detail: "is too long" }];
    server.use(
      issuesTokens(),
      http.patch("*/api/tasks/1", ({ request }) =>
        problem(
          412,
          "precondition_failed",
          {},
          {
            current,
            errors,
            detail: request.headers.get("if-match"),
          },
        ),
      ),
    );
    const call = openTab().request({
      method: "PATCH",
      path: "/api/tasks/1",
      body: { title: "Buy oats" },
      version: 2,
      read: (body) => body,
    });
    expect(await failure(call)).toMatchObject({
      status: 412,
      code: "precondition_failed",
      detail: '"2"',
      current,
      errors,
    });
  });

  it("turns an answer that is not JSON into one plain error", async () => {
    server.use(
      issuesTokens(),
      http.get("*/api/tasks", () => HttpResponse.html("<h1>Proxy</h1>")),
    );
    expect((await failure(read(openTab()))).code).toBe("unexpected_answer");
  });
});

describe("a list that did not change", () => {
  it("is answered from memory after a 304", async () => {
    let calls = 0;
    server.use(
      issuesTokens(),
      http.get("*/api/tasks", ({ request }) => {
        calls += 1;
        return request.headers.get("if-none-match") === '"one"'
          ? new HttpResponse(null, { status: 304, headers: { etag: '"one"' } })
          : HttpResponse.json({ data: ["a task"] }, { headers: { etag: '"one"' } });
      }),
    );
    const api = openTab();
    expect(await read(api)).toEqual({ data: ["a task"] });
    expect(await read(api)).toEqual({ data: ["a task"] });
    expect(calls).toBe(2);
  });
});
