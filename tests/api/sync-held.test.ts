import { afterAll, expect, it, vi } from "vitest";
import { forgetSessions } from "@/lib/auth/liveness";
import { endHeldRequests } from "@/lib/sync/held-requests";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { keepLogLines } from "@/tests/support/log-lines";
import { feedIn, readFeed } from "@/tests/support/sync";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";
import { cookieFor, createUser } from "@/tests/support/users";

afterAll(endHeldRequests);

/** A request that waits: others go on meanwhile, and it has no answer. */
async function hold(owner: TaskOwner) {
  const { cursor } = await readFeed(owner);
  const request = {
    answer: owner.send("GET", `/api/sync?cursor=${cursor}&wait=20`),
    isAnswered: false,
  };
  request.answer.then(
    () => {
      request.isAnswered = true;
    },
    () => {},
  );
  // Each of these takes longer than a request that is not held.
  await readFeed(owner);
  await readFeed(owner);
  expect(request.isAnswered).toBe(false);
  return request;
}

it("a request that waits is answered by the next write, with its row", async () => {
  const owner = await taskOwner();
  const { answer } = await hold(owner);
  const made = await owner.make();
  expect(feedIn(await answer).rows.map(({ id }) => id)).toEqual([made.id]);
});

it("is answered empty when its time is up", async () => {
  const owner = await taskOwner();
  const { cursor } = await readFeed(owner);
  const begun = performance.now();
  const page = await readFeed(owner, { cursor, wait: "1" });
  expect(performance.now() - begun).toBeGreaterThan(950);
  expect(page).toEqual({ schema: 1, rows: [], cursor, more: false });
});

it("is not held for what others write", async () => {
  const [owner, other] = [await taskOwner(), await taskOwner()];
  const request = await hold(owner);
  await other.make();
  await readFeed(owner);
  expect(request.isAnswered).toBe(false);
  await owner.make();
  await request.answer;
});

it("ends with 401 as soon as its session ends", async () => {
  const user = await createUser();
  const { answer } = await hold(await taskOwner(user));
  await call("POST", "/api/auth/sign-out", { headers: { Cookie: cookieFor(user) }, body: {} });
  const ended = await answer;
  expect([ended.status, problemIn(ended).code]).toEqual([401, "invalid_token"]);
});

it("is held ten times for a user, and an eleventh is answered at once", async () => {
  const owner = await taskOwner();
  const { cursor } = await readFeed(owner);
  const held = Array.from({ length: 10 }, () =>
    owner.send("GET", `/api/sync?cursor=${cursor}&wait=20`),
  );
  await readFeed(owner);
  expect(await readFeed(owner, { cursor, wait: "20" })).toMatchObject({ rows: [] });
  const made = await owner.make();
  for (const answer of await Promise.all(held)) {
    expect(feedIn(answer).rows.map(({ id }) => id)).toEqual([made.id]);
  }
});

it("has in its log line the time that it was held apart from the time that it took", async () => {
  const lines = keepLogLines();
  const owner = await taskOwner();
  const { cursor } = await readFeed(owner);
  await readFeed(owner, { cursor });
  expect(lines.named("request").at(-1)).not.toHaveProperty("heldMilliseconds");
  await readFeed(owner, { cursor, wait: "1" });
  const { milliseconds, heldMilliseconds } = lines.named("request").at(-1) ?? {};
  expect(heldMilliseconds).toBeGreaterThan(900);
  expect(milliseconds).toBeLessThan(900);
});

it("never runs out of time for its queries, however often it looks again", async () => {
  const owner = await taskOwner();
  const request = await hold(owner);
  let milliseconds = performance.now();
  vi.spyOn(performance, "now").mockImplementation(() => {
    milliseconds += 40;
    return milliseconds;
  });
  for (let look = 0; look < 100; look += 1) {
    forgetSessions();
    await readFeed(owner);
  }
  vi.restoreAllMocks();
  expect(request.isAnswered).toBe(false);
  const made = await owner.make();
  expect(feedIn(await request.answer).rows.map(({ id }) => id)).toEqual([made.id]);
});

it("is answered as it stands when the process is to end", async () => {
  const owner = await taskOwner();
  const { answer } = await hold(owner);
  endHeldRequests();
  expect(feedIn(await answer)).toMatchObject({ rows: [], more: false });
});
