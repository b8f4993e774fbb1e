import { compactVerify } from "jose";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { forgetSessions } from "@/lib/auth/liveness";
import { database } from "@/lib/db/client";
import { problemIn } from "@/tests/support/bodies";
import { forge } from "@/tests/support/forgery";
import { expectGood, expectInvalid, tokenAnswer } from "@/tests/support/token-answer";
import { claimsFor, publishKey, tokenFor } from "@/tests/support/tokens";
import { createUser, type SignedIn } from "@/tests/support/users";

// Counts how often a signature is checked, and checks it.
vi.mock("jose", async (load) => {
  const jose = await load<typeof import("jose")>();
  return { ...jose, compactVerify: vi.fn(jose.compactVerify) };
});

let user: SignedIn;
let token: string;

beforeEach(async () => {
  user = await createUser();
  token = await tokenFor(user);
  await expectGood(token, user);
  vi.mocked(compactVerify).mockClear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("a signature is checked once, and again after a session has ended in this process", async () => {
  await expectGood(token, user);
  expect(compactVerify).not.toHaveBeenCalled();
  forgetSessions();
  await expectGood(token, user);
  expect(compactVerify).toHaveBeenCalledTimes(1);
});

it("a token that was refused is not remembered", async () => {
  const [head, body] = token.split(".");
  const forged = `${head}.${body}.${Buffer.alloc(64, 1).toString("base64url")}`;
  await expectInvalid(forged);
  await expectInvalid(forged);
  expect(compactVerify).toHaveBeenCalledTimes(2);
});

it("a remembered token altered by one character is refused, wherever it is altered", async () => {
  for (let place = 0; place < token.length; place += 1) {
    const other = token[place] === "A" ? "B" : "A";
    const altered = `${token.slice(0, place)}${other}${token.slice(place + 1)}`;
    await expectInvalid(altered, `place ${place}`);
  }
  await expectGood(token, user);
});

it("a remembered token is refused within a second after its session ended elsewhere", async () => {
  await database().session.delete({ where: { id: user.sessionId } });
  letSecondsPass(1);
  await expectInvalid(token);
  await expectInvalid(token);
});

it("a remembered token is refused within a second after its key left jwks", async () => {
  const key = await publishKey();
  const signed = await forge(key, { payload: claimsFor(user) });
  await expectGood(signed, user);
  await database().jwks.delete({ where: { id: key.id } });
  letSecondsPass(1);
  await expectInvalid(signed);
});

it("a remembered token is refused within a second after its key's grace of 80 minutes", async () => {
  const key = await publishKey();
  const signed = await forge(key, { payload: claimsFor(user) });
  await expectGood(signed, user);
  const expiresAt = new Date(Date.now() - 4_801_000);
  await database().jwks.update({ where: { id: key.id }, data: { expiresAt } });
  letSecondsPass(1);
  await expectInvalid(signed);
});

it("a remembered token says that it has expired, five seconds after its end", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const now = Date.now();
  const short = await tokenFor(user, { exp: Math.floor(now / 1_000) + 60 });
  await expectGood(short, user);
  vi.setSystemTime(Math.floor(now / 1_000) * 1_000 + 64_999);
  await expectGood(short, user);
  vi.setSystemTime(Math.floor(now / 1_000) * 1_000 + 65_000);
  const answer = await tokenAnswer(short);
  expect([answer.status, problemIn(answer).code]).toEqual([401, "token_expired"]);
});

/** Moves the clock by which answers grow old, from where it is. */
function letSecondsPass(seconds: number): void {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + seconds * 1_000);
}
