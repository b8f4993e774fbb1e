import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { type Answer, call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { type CookieJar, createCookieJar } from "@/tests/support/cookies";
import { keepLogLines } from "@/tests/support/log-lines";
import { addPasskeyTo, beginPasskeySignIn, finishPasskeySignIn } from "@/tests/support/passkey";
import { createUserWithPassword, givePassword, password } from "@/tests/support/password";
import { makeSessionOld } from "@/tests/support/recency";
import {
  type Protected,
  protectedUser,
  signInByBoth,
  takeFirstStep,
  typeCode,
} from "@/tests/support/second-step";
import { codeOf, forgetUsedCodes, recoveryCodesIn, wrongCodeOf } from "@/tests/support/two-step";
import { cookieFor, type SignedIn } from "@/tests/support/users";

const notRight = "is not right, or was used before";

// The first request loads the route.
beforeAll(() => call("GET", "/api/auth/ok"));

describe("with two-step sign-in and an app", () => {
  it("an old session and the password alone turn nothing off", async () => {
    const { user } = await protectedAndOld();
    const answer = await confirm(user, { password });
    expect(problemIn(answer)).toMatchObject({
      status: 400,
      code: "invalid_input",
      errors: [{ pointer: "/code", detail: "is needed: the six digits that the app shows now" }],
    });
    expect(problemIn(await turnOff(user)).code).toBe("recent_sign_in_required");
    expect(await database().twoStep.count({ where: { userId: user.id } })).toBe(1);
  });

  it("the password and a code of the app make the session recent again", async () => {
    const { user, secret } = await protectedAndOld();
    const answer = await confirm(user, { password, code: codeOf(secret) });
    expect(answer).toMatchObject({ status: 200, body: { status: true } });
    expect((await turnOff(user)).status).toBe(200);
  });

  it("the password and a recovery code do so as well, and the code is used up and logged", async () => {
    const { user, recoveryCodes } = await protectedAndOld();
    const lines = keepLogLines();
    const body = { password, recoveryCode: recoveryCodes[2]?.toLowerCase() };
    expect((await confirm(user, body)).status).toBe(200);
    expect(lines.named("auth").map(({ event, userId }) => [event, userId])).toEqual([
      ["recovery code used", user.id],
      ["identity confirmed", user.id],
    ]);
    expect(await recoveryCodesLeft(user)).toBe(9);

    await makeSessionOld(user);
    const again = await confirm(user, body);
    expect(problemIn(again).errors).toEqual([{ pointer: "/recoveryCode", detail: notRight }]);
    expect(await isRecent(user)).toBe(false);
  });

  it("a wrong password uses up no code, and does not reveal whether the code was right", async () => {
    const { user, secret, recoveryCodes } = await protectedAndOld();
    const errors = [{ pointer: "/password", detail: "is not the account's password" }];
    const guesses = [
      { code: codeOf(secret) },
      { code: wrongCodeOf(secret) },
      { recoveryCode: recoveryCodes[0] },
    ];
    for (const guess of guesses) {
      const answer = await confirm(user, { password: "not it", ...guess });
      expect(problemIn(answer).errors).toEqual(errors);
    }
    expect(await recoveryCodesLeft(user)).toBe(10);
    expect((await confirm(user, { password, code: codeOf(secret) })).status).toBe(200);
  });

  it("a wrong code confirms nothing, and stands in the log", async () => {
    const { user, secret } = await protectedAndOld();
    const lines = keepLogLines();
    const answer = await confirm(user, { password, code: wrongCodeOf(secret) });
    expect(problemIn(answer).errors).toEqual([{ pointer: "/code", detail: notRight }]);
    expect(lines.named("auth").map(({ event }) => event)).toEqual(["second step failed"]);
    expect(await isRecent(user)).toBe(false);
  });

  it("a code that was used once works again neither here nor at a sign-in", async () => {
    const { user, secret } = await protectedAndOld();
    const code = codeOf(secret);
    expect((await confirm(user, { password, code })).status).toBe(200);
    await makeSessionOld(user);
    expect((await confirm(user, { password, code })).status).toBe(400);
    expect(await isRecent(user)).toBe(false);
    expect((await typeCode(await begun(user), code)).status).toBe(400);
  });

  it("one recovery code, sent twice at once, counts once", async () => {
    const { user, recoveryCodes } = await protectedAndOld();
    const body = { password, recoveryCode: recoveryCodes[0] };
    const answers = await Promise.all([confirm(user, body), confirm(user, body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it("wrong codes count with those of a sign-in, ten in all", async () => {
    const person = await protectedAndOld();
    const { user, secret, recoveryCodes } = person;
    expect(await wrongCodesAtSignIn(person, 7)).toEqual(Array(7).fill(400));
    const code = wrongCodeOf(secret);
    for (const status of [400, 400, 400, 429]) {
      expect((await confirm(user, { password, code })).status).toBe(status);
    }
    for (const right of [{ code: codeOf(secret) }, { recoveryCode: recoveryCodes[0] }]) {
      expect((await confirm(user, { password, ...right })).status).toBe(429);
    }
    expect((await signInByBoth(createCookieJar(), person)).status).toBe(429);
    expect(await isRecent(user)).toBe(false);
    expect(await recoveryCodesLeft(user)).toBe(10);
  });

  it("wrong codes from elsewhere do not lock out a browser that passed the second step", async () => {
    const person = await protectedUser();
    const own = createCookieJar();
    await signInByBoth(own, person);
    expect((await wrongCodesAtSignIn(person, 11)).at(-1)).toBe(429);
    await forgetUsedCodes(person.user);
    const body = { password, code: codeOf(person.secret) };
    expect((await send(own, body)).status).toBe(200);
  });

  it("a right code makes the browser a trusted device, as a sign-in does, and the password alone does not", async () => {
    const { user, secret } = await protectedAndOld();
    const jar = createCookieJar(cookieFor(user));
    jar.keep(await send(jar, { password }));
    expect(jar.names()).not.toContain("evo-todo-3000.second_step_browser");
    jar.keep(await send(jar, { password, code: codeOf(secret) }));
    expect(jar.names()).toContain("evo-todo-3000.second_step_browser");
  });

  it("asking for the code never counts as a wrong password", async () => {
    const { user, secret } = await protectedAndOld();
    for (let turn = 0; turn < 11; turn += 1) {
      expect((await confirm(user, { password })).status).toBe(400);
    }
    expect((await confirm(user, { password, code: codeOf(secret) })).status).toBe(200);
  });

  it("a code of another person confirms nothing", async () => {
    const { user } = await protectedAndOld();
    const other = await protectedUser();
    await forgetUsedCodes(other.user);
    const codes = [{ code: codeOf(other.secret) }, { recoveryCode: other.recoveryCodes[0] }];
    for (const code of codes) {
      expect((await confirm(user, { password, ...code })).status).toBe(400);
    }
    expect(await isRecent(user)).toBe(false);
    expect(await recoveryCodesLeft(other.user)).toBe(10);
  });
});

describe("with two-step sign-in by passkey", () => {
  it("the password alone is not enough, and the answer names the passkey", async () => {
    const { user } = await protectedByPasskey();
    const answer = await confirm(user, { password });
    expect(problemIn(answer)).toMatchObject({
      status: 409,
      code: "conflict",
      detail:
        "The second step of this account is a passkey. Use it, or send a recovery code with the password.",
    });
    expect(problemIn(await turnOff(user)).code).toBe("recent_sign_in_required");
  });

  it("a passkey alone is enough", async () => {
    const { user, authenticator } = await protectedByPasskey();
    const jar = createCookieJar(cookieFor(user));
    const response = authenticator.signIn(await beginPasskeySignIn(jar));
    expect((await finishPasskeySignIn(jar, response)).status).toBe(200);
    const headers = jar.headers();
    const off = await call("POST", "/api/auth/two-factor/disable", { headers, body: {} });
    expect(off.status).toBe(200);
  });

  it("the password with a recovery code is enough", async () => {
    const { user, recoveryCodes } = await protectedByPasskey();
    const answer = await confirm(user, { password, recoveryCode: recoveryCodes[0] });
    expect(answer.status).toBe(200);
    expect(await isRecent(user)).toBe(true);
  });
});

it.each([
  ["code", "123456"],
  ["recoveryCode", "0000-0000-0000-0000"],
])("without two-step sign-in a %s is refused and confirms nothing", async (member, value) => {
  const user = await createUserWithPassword();
  await makeSessionOld(user);
  const answer = await confirm(user, { password, [member]: value });
  expect(problemIn(answer).errors).toEqual([
    { pointer: `/${member}`, detail: "must be left out, as two-step sign-in is off" },
  ]);
  expect(await isRecent(user)).toBe(false);
});

it("codes of both kinds at once are refused, and none is used up", async () => {
  const { user, secret, recoveryCodes } = await protectedAndOld();
  const body = { password, code: codeOf(secret), recoveryCode: recoveryCodes[0] };
  expect(problemIn(await confirm(user, body)).errors).toEqual([
    { pointer: "/recoveryCode", detail: "must be left out where there is a code" },
  ]);
  expect(await recoveryCodesLeft(user)).toBe(10);
  expect((await confirm(user, { password, code: body.code })).status).toBe(200);
});

/** Somebody who has to confirm who they are, with codes that count as unused. */
async function protectedAndOld(): Promise<Protected> {
  const person = await protectedUser();
  await makeSessionOld(person.user);
  await forgetUsedCodes(person.user);
  return person;
}

/** Somebody who has no app, and has to confirm who they are. */
async function protectedByPasskey() {
  const user = await createUserWithPassword();
  const { authenticator } = await addPasskeyTo(user);
  const on = await call("POST", "/api/auth/two-factor/enable", {
    headers: { Cookie: cookieFor(user) },
    body: { method: "passkey" },
  });
  await makeSessionOld(user);
  return { user, authenticator, recoveryCodes: recoveryCodesIn(on) };
}

async function confirm(user: SignedIn, body: object): Promise<Answer> {
  // The one before made its hash costly.
  await givePassword(user.id);
  return send(createCookieJar(cookieFor(user)), body);
}

function send(jar: CookieJar, body: object): Promise<Answer> {
  return call("POST", "/api/auth/verify-password", { headers: jar.headers(), body });
}

function turnOff(user: SignedIn): Promise<Answer> {
  const headers = { Cookie: cookieFor(user) };
  return call("POST", "/api/auth/two-factor/disable", { headers, body: {} });
}

async function begun(user: SignedIn): Promise<CookieJar> {
  const jar = createCookieJar();
  await takeFirstStep(jar, user);
  return jar;
}

async function wrongCodesAtSignIn({ user, secret }: Protected, count: number): Promise<number[]> {
  const jar = await begun(user);
  const statuses: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    statuses.push((await typeCode(jar, wrongCodeOf(secret))).status);
  }
  return statuses;
}

async function isRecent({ sessionId }: SignedIn): Promise<boolean> {
  const { authenticatedAt } = await database().session.findUniqueOrThrow({
    where: { id: sessionId },
  });
  return authenticatedAt !== null;
}

function recoveryCodesLeft({ id }: SignedIn): Promise<number> {
  return database().recoveryCode.count({ where: { userId: id } });
}
