import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createLiveness } from "@/lib/auth/liveness";

const session = { kind: "session", id: "1" } as const;
const apiKey = { kind: "apiKey", id: "1" } as const;
const token = { userId: "user", source: session, keyId: "key" };

beforeEach(() => vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => vi.useRealTimers());

it("one question serves parallel callers and half a second of later ones", async () => {
  const ask = vi.fn(async () => true);
  const liveness = createLiveness(ask);
  await Promise.all([liveness.isAlive(token), liveness.isAlive(token)]);
  vi.advanceTimersByTime(499);
  expect(await liveness.isAlive(token)).toBe(true);
  expect(ask).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  await liveness.isAlive(token);
  expect(ask).toHaveBeenCalledTimes(2);
});

it("an answer's half second begins with its question", async () => {
  const answers = [deferred(), deferred()];
  let asked = 0;
  const liveness = createLiveness(() => answers[asked++]?.promise ?? Promise.resolve(true));
  const first = liveness.isAlive(token);
  vi.advanceTimersByTime(500);
  answers[0]?.resolve(true);
  expect(await first).toBe(true);
  answers[1]?.resolve(false);
  expect(await liveness.isAlive(token)).toBe(false);
});

it("an answer under way when a session ends serves nobody who comes later", async () => {
  const slow = deferred();
  const ask = vi.fn(async () => false).mockReturnValueOnce(slow.promise);
  const liveness = createLiveness(ask);
  const before = liveness.isAlive(token);
  liveness.forget();
  slow.resolve(true);
  await before;
  expect(await liveness.isAlive(token)).toBe(false);
});

it("another user, session, API key or signing key is another question", async () => {
  const ask = vi.fn(async () => true);
  const liveness = createLiveness(ask);
  await liveness.isAlive(token);
  await liveness.isAlive({ ...token, userId: "other" });
  await liveness.isAlive({ ...token, source: { ...session, id: "other" } });
  await liveness.isAlive({ ...token, source: apiKey });
  await liveness.isAlive({ ...token, keyId: "other" });
  expect(ask).toHaveBeenCalledTimes(5);
});

it("a failure is not remembered", async () => {
  const ask = vi.fn(async () => true).mockRejectedValueOnce(new Error("away"));
  const liveness = createLiveness(ask);
  await expect(liveness.isAlive(token)).rejects.toThrow("away");
  expect(await liveness.isAlive(token)).toBe(true);
});

it("memory is bounded", async () => {
  const ask = vi.fn(async () => true);
  const liveness = createLiveness(ask);
  for (let index = 0; index <= 10_000; index += 1) {
    await liveness.isAlive({ ...token, source: { ...session, id: String(index) } });
  }
  await liveness.isAlive({ ...token, source: { ...session, id: "10000" } });
  expect(ask).toHaveBeenCalledTimes(10_001);
  await liveness.isAlive({ ...token, source: { ...session, id: "0" } });
  expect(ask).toHaveBeenCalledTimes(10_002);
});

function deferred() {
  let resolve: (alive: boolean) => void = () => {};
  const promise = new Promise<boolean>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

it("an answer is known while it is fresh, and not before it has come or once it is forgotten", async () => {
  const slow = deferred();
  const liveness = createLiveness(() => slow.promise);
  expect(liveness.known(token)).toBeUndefined();
  const asked = liveness.isAlive(token);
  expect(liveness.known(token)).toBeUndefined();
  slow.resolve(true);
  await asked;
  expect(liveness.known(token)).toBe(true);
  vi.advanceTimersByTime(500);
  expect(liveness.known(token)).toBeUndefined();
  await liveness.isAlive(token);
  liveness.forget();
  expect(liveness.known(token)).toBeUndefined();
});
