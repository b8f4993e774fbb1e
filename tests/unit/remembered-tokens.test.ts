import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createRememberedTokens } from "@/lib/http/remembered-tokens";

type Verified = { userId: string; endsAt: number };

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

it("a token is remembered to the letter and until its end", () => {
  const tokens = createRememberedTokens<Verified>(10);
  const verified = { userId: "user", endsAt: Date.now() + 1_000 };
  tokens.remember("a.b.c", verified);
  expect(tokens.find("a.b.c")).toBe(verified);
  expect(tokens.find("a.b.d")).toBeUndefined();
  expect(tokens.find("a.b.C")).toBeUndefined();
  vi.advanceTimersByTime(999);
  expect(tokens.find("a.b.c")).toBe(verified);
  vi.advanceTimersByTime(1);
  expect(tokens.find("a.b.c")).toBeUndefined();
});

it("as many as allowed are remembered, and the first goes first", () => {
  const tokens = createRememberedTokens<Verified>(3);
  const endsAt = Date.now() + 1_000;
  for (const name of ["1", "2", "3", "4"]) {
    tokens.remember(name, { userId: name, endsAt });
  }
  const found = ["1", "2", "3", "4"].map((name) => tokens.find(name)?.userId);
  expect(found).toEqual([undefined, "2", "3", "4"]);
});

it("tokens are forgotten one by one and all together", () => {
  const tokens = createRememberedTokens<Verified>(10);
  const endsAt = Date.now() + 1_000;
  for (const name of ["1", "2", "3"]) {
    tokens.remember(name, { userId: name, endsAt });
  }
  tokens.forget("1");
  expect([tokens.find("1"), tokens.find("2")?.userId]).toEqual([undefined, "2"]);
  tokens.forgetAll();
  expect([tokens.find("2"), tokens.find("3")]).toEqual([undefined, undefined]);
});
