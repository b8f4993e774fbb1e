import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createLiveness } from "@/lib/auth/liveness";

const session = { kind: "session", id: "1" } as const;
const apiKey = { kind: "apiKey", id: "1" } as const;
const grounds = { userId: "user", holder: session, keyId: "key" };

beforeEach(() => vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => vi.useRealTimers());

it("one question serves parallel callers and half a second of later ones", async () => {
  const ask = vi.fn(async () => true);
  const liveness = createLiveness(ask);
  await Promise.all([liveness.isAlive(grounds), liveness.isAlive(grounds)]);
  vi.advanceTimersByTime(499);
  expect(await liveness.isAlive(grounds)).toBe(true);
  expect(ask).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  await liveness.isAlive(grounds);
  expect(ask).toHaveBeenCalledTimes(2);
});

it("an answer's half second begins with its question", async () => {
  const answers = [deferred(), deferred()];
  let asked = 0;
  const liveness = createLiveness(() => answers[asked++]?.promise ?? Promise.resolve(true));
  const first = liveness.isAlive(grounds);
  vi.advanceTimersByTime(500);
  answers[0]?.resolve(true);
  expect(await first).toBe(true);
  answers[1]?.resolve(false);
  expect(await liveness.isAlive(grounds)).toBe(false);
});

it("an answer under way when a session ends serves nobody who comes later", async () => {
  const slow = deferred();
  const ask = vi.fn(async () => false).mockReturnValueOnce(slow.promise);
  const liveness = createLiveness(ask);
  const before = liveness.isAlive(grounds);
  liveness.forget();
  slow.resolve(true);
  await before;
  expect(await liveness.isAlive(grounds)).toBe(false);
});

it("another user, session, API key or signing key is another question", async () => {
  const ask = vi.fn(async () => true);
  const liveness = createLiveness(ask);
  await liveness.isAlive(grounds);
  await liveness.isAlive({ ...grounds, userId: "other" });
  await liveness.isAlive({ ...grounds, holder: { ...session, id: "other" } });
  await liveness.isAlive({ ...grounds, holder: apiKey });
  await liveness.isAlive({ ...grounds, keyId: "other" });
  expect(ask).toHaveBeenCalledTimes(5);
});

it("a failure is not remembered", async () => {
  const ask = vi.fn(async () => true).mockRejectedValueOnce(new Error("away"));
  const liveness = createLiveness(ask);
  await expect(liveness.isAlive(grounds)).rejects.toThrow("away");
  expect(await liveness.isAlive(grounds)).toBe(true);
});

it("memory is bounded", async () => {
  const ask = vi.fn(async () => true);
  const liveness = createLiveness(ask);
  for (let index = 0; index <= 10_000; index += 1) {
    await liveness.isAlive({ ...grounds, holder: { ...session, id: String(index) } });
  }
  await liveness.isAlive({ ...grounds, holder: { ...session, id: "10000" } });
  expect(ask).toHaveBeenCalledTimes(10_001);
  await liveness.isAlive({ ...grounds, holder: { ...session, id: "0" } });
  expect(ask).toHaveBeenCalledTimes(10_002);
});

function deferred() {
  let resolve: (alive: boolean) => void = () => {};
  const promise = new Promise<boolean>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
