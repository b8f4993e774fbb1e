import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { guardedBy } from "@/tests/support/guarded";
import { tokenFor } from "@/tests/support/tokens";
import { createUser, type SignedIn } from "@/tests/support/users";

vi.hoisted(() => vi.stubEnv("RATE_LIMIT_PER_MINUTE", "5"));

const guarded = guardedBy("tasks:read");

beforeEach(() => vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => vi.useRealTimers());

it("a user gets so many answers a minute, each saying how many are left", async () => {
  const [user, other] = [await createUser(), await createUser()];
  const answers = [];
  for (const _ of Array.from({ length: 6 })) {
    answers.push(await ask(user));
  }
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
  expect(answers.map(({ headers }) => headers.get("ratelimit"))).toEqual(
    [4, 3, 2, 1, 0, 0].map((left) => `"default";r=${left};t=60`),
  );
  expect(answers[0]?.headers.get("ratelimit-policy")).toBe('"default";q=5;w=60');
  expect(answers[5]?.headers.get("retry-after")).toBe("60");
  expect(await answers[5]?.json()).toMatchObject({ code: "rate_limited", status: 429 });
  expect((await ask(other)).status).toBe(200);
  vi.advanceTimersByTime(60_000);
  expect((await ask(user)).status).toBe(200);
});

it("an answer to somebody unknown says nothing of limits", async () => {
  const request = new Request("http://localhost:3000/api/tasks");
  const answer = await guarded(request, { params: Promise.resolve({}) });
  expect(answer.status).toBe(401);
  expect(answer.headers.has("ratelimit")).toBe(false);
});

it("an answer that the token's scope refuses counts and says so", async () => {
  const token = await tokenFor(await createUser(), { scope: "tasks:write" });
  const answer = await send(token);
  expect(answer.status).toBe(403);
  expect(answer.headers.get("ratelimit")).toBe('"default";r=4;t=60');
});

async function ask(user: SignedIn): Promise<Response> {
  return send(await tokenFor(user));
}

function send(token: string): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}` };
  const request = new Request("http://localhost:3000/api/tasks", { headers });
  return guarded(request, { params: Promise.resolve({}) });
}
