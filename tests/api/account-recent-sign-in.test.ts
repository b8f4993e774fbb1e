import { afterEach, expect, it, vi } from "vitest";
import { isSignInRecent, noteRecentSignIn } from "@/lib/auth/recent-sign-in";
import { createUser } from "@/tests/support/users";

const minute = 60_000;

afterEach(() => vi.useRealTimers());

it.each([
  ["two hours behind", -120],
  ["two hours ahead of", 120],
])(
  "a proof of identity counts for a quarter of an hour when the clock is %s the database's",
  async (_name, minutes) => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * minute });
    const { id, sessionId } = await createUser();
    vi.setSystemTime(Date.now() + 75 * minute);
    expect(await isSignInRecent(id, sessionId)).toBe(false);

    await noteRecentSignIn(id, sessionId);
    vi.setSystemTime(Date.now() + 14 * minute);
    expect(await isSignInRecent(id, sessionId)).toBe(true);
    vi.setSystemTime(Date.now() + 2 * minute);
    expect(await isSignInRecent(id, sessionId)).toBe(false);
  },
);
