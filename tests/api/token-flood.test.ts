import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { keyGraceSeconds } from "@/lib/auth/signing-keys";
import { database } from "@/lib/db/client";
import { forge } from "@/tests/support/forgery";
import { noteStatements, type Statement } from "@/tests/support/note-statements";
import { expectGood, expectInvalid, tokenAnswer } from "@/tests/support/token-answer";
import { claimsFor, publishKey } from "@/tests/support/tokens";
import { createSession, createUser, randomText, type SignedIn } from "@/tests/support/users";

const coolDownMilliseconds = 1_000;
const floodCount = 200;

let statements: Statement[];
let user: SignedIn;
let key: Awaited<ReturnType<typeof publishKey>>;
let good: string;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  statements = noteStatements();
  user = await createUser();
  key = await publishKey();
  good = await forge(key, { payload: claimsFor(user) });
});

beforeEach(async () => {
  await expectGood(good, user);
  statements.length = 0;
});

afterAll(() => {
  vi.useRealTimers();
});

it("a flood of bad tokens asks the database nothing", async () => {
  const bad = await Promise.all([
    forge(key, { header: { alg: "none" }, payload: claimsFor(user) }),
    forge(key, { header: { jku: "http://127.0.0.1:1/" }, payload: claimsFor(user) }),
    forge(key, { header: { kid: "../x" }, payload: claimsFor(user) }),
    forge(key, { payload: { ...claimsFor(user), aud: "other" } }),
    forge(key, { payload: { ...claimsFor(user), iat: 1, exp: 2 } }),
    good.replace(/[^.]*$/, "A".repeat(86)),
    good.slice(0, -1),
    "token",
    "x".repeat(100_000),
  ]);
  for (let sent = 0; sent < floodCount; sent += bad.length) {
    vi.advanceTimersByTime(coolDownMilliseconds);
    const answers = await Promise.all(bad.map(tokenAnswer));
    expect(answers.every(({ status }) => status === 401)).toBe(true);
  }
  expect(statements.map(({ name }) => name)).toEqual([]);
});

it("a flood of unknown key ids asks for the keys once, and good tokens are let in meanwhile", async () => {
  vi.advanceTimersByTime(coolDownMilliseconds);
  await expectGood(good, user);
  statements.length = 0;
  const unknown = await Promise.all(Array.from({ length: floodCount }, () => unknownKeyToken()));
  const flood = Promise.all(unknown.map(tokenAnswer));
  const answers = await Promise.all(Array.from({ length: 20 }, () => tokenAnswer(good)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect((await flood).every(({ status }) => status === 401)).toBe(true);
  expect(statements.map(({ name }) => name)).toEqual(["Jwks.findMany"]);
});

it("each cool-down allows one question for the keys more", async () => {
  for (const round of [1, 2, 3]) {
    vi.advanceTimersByTime(coolDownMilliseconds);
    // Made first: one that came after the answer would wait for the next question, and cause it.
    const unknown = await Promise.all(Array.from({ length: 5 }, unknownKeyToken));
    await Promise.all(unknown.map((token) => expectInvalid(token)));
    expect(statements.map(({ name }) => name)).toEqual(
      Array.from({ length: round }, () => "Jwks.findMany"),
    );
  }
});

it("a good token costs one question in half a second, however often it comes", async () => {
  vi.advanceTimersByTime(500);
  await Promise.all(Array.from({ length: 50 }, () => expectGood(good, user)));
  expect(statements.map(({ name }) => name)).toEqual(["$queryRaw"]);
});

it("a key that was known and is past its grace verifies no more, new sessions or old", async () => {
  const ended = await publishKey();
  const token = await forge(ended, { payload: claimsFor(user) });
  vi.advanceTimersByTime(coolDownMilliseconds);
  await expectGood(token, user);
  const expiresAt = new Date(Date.now() - (keyGraceSeconds + 1) * 1_000);
  await database().jwks.update({ where: { id: ended.id }, data: { expiresAt } });
  const again = { ...claimsFor(user), ...{ sid: (await createSession(user.id)).sessionId } };
  await expectInvalid(await forge(ended, { payload: again }));
  vi.advanceTimersByTime(coolDownMilliseconds);
  await expectInvalid(token);
  await expectGood(good, user);
});

it("a key taken out of the table verifies no more, although it is remembered", async () => {
  const gone = await publishKey();
  const token = await forge(gone, { payload: claimsFor(user) });
  vi.advanceTimersByTime(coolDownMilliseconds);
  await expectGood(token, user);
  await database().jwks.delete({ where: { id: gone.id } });
  vi.advanceTimersByTime(coolDownMilliseconds);
  await expectInvalid(token);
});

async function unknownKeyToken(): Promise<string> {
  return forge({ ...key, id: randomText() }, { payload: claimsFor(user) });
}
