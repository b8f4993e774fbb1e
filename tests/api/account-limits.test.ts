import { beforeAll, expect, it, vi } from "vitest";
import { countPasswordTry, limitRequests, lookUpAddress } from "@/lib/auth/rate-limits";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { postAs } from "@/tests/support/api-keys";
import { createSession, createUser, randomText } from "@/tests/support/users";

vi.hoisted(() => vi.stubEnv("RATE_LIMIT_PER_MINUTE", "600"));
// The first request loads the route.
beforeAll(() => call("GET", "/api/auth/ok"));

it.each(["/revoke-sessions", "/revoke-other-sessions"])(
  "%s counts as a change, of which there are sixty a minute",
  async (path) => {
    const user = await createUser();
    await createSession(user.id);
    for (let change = 0; change < 60; change += 1) {
      await limitRequests("change", user.id);
    }
    const answer = await postAs(user, path, {});
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await database().session.count({ where: { userId: user.id } })).toBe(2);
  },
);

it.each<[string, (subject: string) => Promise<unknown>]>([
  ["requests", (subject) => limitRequests("change", subject)],
  ["tries of a password", countPasswordTry],
  ["sign-ups with addresses", (subject) => lookUpAddress(subject, `${subject}@example.test`)],
])("all of the first %s are counted, however many come at once", async (_name, count) => {
  for (let round = 0; round < 25; round += 1) {
    const subject = randomText();
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => count(subject)));
    expect(outcomes.map(({ status }) => status)).toEqual(Array(8).fill("fulfilled"));
  }
});
