import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type Api, createApi } from "@/lib/client/api";
import { createFeedFollower, type FeedFollower } from "@/lib/client/feed-follower";
import { send } from "@/lib/client/send";

const server = setupServer();
const setTimer = globalThis.setTimeout;

/** What happened, in order: each request, and each time that was waited for, in milliseconds. */
let events: (string | number)[] = [];
let api: Api;
let follower: FeedFollower;
let isSignedIn = true;

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

beforeEach(() => {
  events = [];
  isSignedIn = true;
  const claims = btoa(JSON.stringify({ sub: "ada", iat: 0, exp: 900 })).replaceAll("=", "");
  server.use(
    http.get("*/api/auth/token", () => {
      if (isSignedIn) {
        return HttpResponse.json({ token: `e30.${claims}.x` });
      }
      return new HttpResponse(null, { status: 401 });
    }),
  );
  api = createApi("ada", null);
  follower = createFeedFollower({ api, onRows: () => {}, onGap: () => {} });
  vi.spyOn(Math, "random").mockReturnValue(0);
});

afterEach(() => {
  follower.stop();
  vi.restoreAllMocks();
  server.resetHandlers();
});

/** Has the follower wait no time at all, and notes how long it would have waited. */
function passTime() {
  vi.spyOn(globalThis, "setTimeout").mockImplementation((callback, milliseconds = 0) => {
    const isPause = milliseconds >= 200 && milliseconds !== 12_000 && milliseconds !== 32_000;
    if (isPause) {
      events.push(milliseconds);
    }
    return setTimer(callback, isPause ? 0 : milliseconds);
  });
}

/** Has the feed answered by these, one after the other, and never again. */
function answerFeed(answers: (() => Response)[]) {
  server.use(
    http.get("*/api/sync", ({ request }) => {
      const { searchParams } = new URL(request.url);
      events.push(`${searchParams.get("cursor")} ${searchParams.get("wait") ?? "at once"}`);
      return answers.shift()?.() ?? new Promise<never>(() => {});
    }),
  );
}

const page = (cursor: string) => () =>
  HttpResponse.json({ schema: 1, rows: [], cursor, more: false });

function problem(status: number, code: string, headers: Record<string, string> = {}) {
  return () => HttpResponse.json({ code, detail: code, status }, { status, headers });
}

function signedOut() {
  isSignedIn = false;
  return problem(401, "invalid_token")();
}

const asked = (request: string) => vi.waitFor(() => expect(events.at(-1)).toBe(request));

it("asks a server that holds nothing every 15 seconds, and every 2 while the page is in use", async () => {
  passTime();
  answerFeed([page("b"), page("c")]);
  follower.start("a");
  await asked("c 20");
  expect(events).toEqual([
    "a 20",
    ...Array(15).fill(1_000),
    "b 20",
    ...Array(15).fill(1_000),
    "c 20",
  ]);

  follower.stop();
  events = [];
  answerFeed([page("d"), page("e")]);
  follower.noteUse();
  follower.start();
  await asked("e 20");
  expect(events).toEqual(["c 20", 1_000, 1_000, "d 20", 1_000, 1_000, "e 20"]);
});

it("heeds Retry-After", async () => {
  passTime();
  answerFeed([problem(429, "rate_limited", { "retry-after": "7" }), page("b")]);
  follower.noteUse();
  follower.start("a");
  await asked("b 20");
  expect(events).toEqual(["a 20", 7_250, "a 20", 1_000, 1_000, "b 20"]);
});

it("asks less and less often while the server is away, and goes on from where it was", async () => {
  passTime();
  const away = problem(503, "unavailable");
  answerFeed([...Array.from({ length: 5 }, () => away), page("b")]);
  follower.noteUse();
  follower.start("a");
  await asked("b 20");
  const pauses = events.filter((event) => typeof event === "number");
  expect(pauses).toEqual([250, 500, 1_000, 2_000, 250, 1_000, 1_000]);
});

it("reads the feed through after a cursor that cannot be continued, before it says so", async () => {
  const onGap = vi.fn(() => events.push("gap"));
  follower = createFeedFollower({ api, onRows: () => {}, onGap });
  const more = () => HttpResponse.json({ schema: 1, rows: [], cursor: "b", more: true });
  answerFeed([problem(410, "resync_required"), more, page("c")]);
  follower.start("a");
  await asked("c 20");
  expect(events).toEqual(["a 20", "null at once", "b at once", "gap", "c 20"]);
});

it("stops where the session is over, asks nobody to sign in, and goes on when it is told to", async () => {
  answerFeed([signedOut, page("b")]);
  follower.start("a");
  await vi.waitFor(() => expect(isSignedIn).toBe(false));
  // By the time that these are answered, the refusal of the follower's own request has arrived.
  for (let count = 0; count < 3; count += 1) {
    await send("/api/auth/token", {}).catch(() => {});
  }
  expect(api.session.state()).toBe("open");
  expect(events).toEqual(["a 20"]);
  isSignedIn = true;
  follower.start();
  await vi.waitFor(() => expect(events).toEqual(["a 20", "a 20"]));
});
