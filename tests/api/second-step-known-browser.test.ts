import { beforeAll, describe, expect, it } from "vitest";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { type CookieJar, createCookieJar } from "@/tests/support/cookies";
import { addPasskeyTo, beginPasskeySignIn, finishPasskeySignIn } from "@/tests/support/passkey";
import { createUserWithPassword } from "@/tests/support/password";
import {
  type Protected,
  protectedUser,
  signInByBoth,
  takeFirstStep,
  typeCode,
} from "@/tests/support/second-step";
import { forgetUsedCodes, turnOnTwoStep, wrongCodeOf } from "@/tests/support/two-step";

const markName = "evo-todo-3000.second_step_browser";

// The first request loads the route.
beforeAll(() => call("GET", "/api/auth/ok"));

it("somebody who knows the password cannot lock the owner out of a trusted device", async () => {
  const person = await protectedUser();
  const own = createCookieJar();
  expect((await signInByBoth(own, person)).status).toBe(200);
  await spendTries(person);

  expect((await signInByBoth(createCookieJar(), person)).status).toBe(429);
  expect((await signInByBoth(own, person)).status).toBe(200);
});

it("a trusted device has its own ten wrong codes, which do not count against the account", async () => {
  const person = await protectedUser();
  const own = createCookieJar();
  await signInByBoth(own, person);
  expect(await wrongCodesIn(own, person, 12)).toEqual([...Array(10).fill(400), 429, 429]);
  expect((await signInByBoth(createCookieJar(), person)).status).toBe(200);
});

it("signing out keeps the cookie of a trusted device, which does not reveal its owner", async () => {
  const person = await protectedUser();
  const own = createCookieJar();
  const answer = await signInByBoth(own, person);
  expect(answer.headers.getSetCookie().join("\n")).toMatch(
    /^evo-todo-3000\.second_step_browser=[0-9a-f-]{36}\.[\w-]{43}; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/m,
  );
  own.keep(await call("POST", "/api/auth/sign-out", { headers: own.headers(), body: {} }));
  expect(own.names()).toContain(markName);
});

describe("a browser has no tries of its own", () => {
  it("if only the password was right there, however often", async () => {
    const person = await protectedUser();
    const jars = Array.from({ length: 6 }, () => createCookieJar());
    const answers = [];
    for (const jar of jars) {
      answers.push(...(await wrongCodesIn(jar, person, 3)));
      expect(jar.names()).not.toContain(markName);
    }
    expect(answers.filter((status) => status === 400)).toHaveLength(10);
    expect(answers.filter((status) => status === 429)).toHaveLength(8);
  });

  it("if its sign-in was before two-step sign-in was turned on", async () => {
    const user = await createUserWithPassword();
    const former = createCookieJar();
    expect((await takeFirstStep(former, user)).status).toBe(200);
    expect(former.names()).toContain("evo-todo-3000.known_browser");
    await refusesAsAnyOther(former, { user, ...(await turnOnTwoStep(user)) });
  });

  it("if its cookie is from a two-step sign-in that was turned off since", async () => {
    const person = await protectedUser();
    const former = createCookieJar();
    await signInByBoth(former, person);
    await database().twoStep.delete({ where: { userId: person.user.id } });
    await refusesAsAnyOther(former, { ...person, ...(await turnOnTwoStep(person.user)) });
  });

  it("if its cookie belongs to another person", async () => {
    const person = await protectedUser();
    const other = createCookieJar();
    await signInByBoth(other, await protectedUser());
    await refusesAsAnyOther(other, person);
  });

  it("if its cookie was altered", async () => {
    const person = await protectedUser();
    const own = createCookieJar();
    await signInByBoth(own, person);
    const other = "3f0c2b1a-0000-4000-8000-000000000000";
    const altered = (own.headers().Cookie ?? "").replace(
      /(second_step_browser=)[0-9a-f-]{36}/,
      `$1${other}`,
    );
    await refusesAsAnyOther(createCookieJar(altered), person);
  });

  it("if the password was reset there by a mail", async () => {
    const person = await protectedUser();
    const { id, email } = person.user;
    const token = await issueOneTimeToken(id, "reset-password", 60, email);
    const jar = createCookieJar();
    const body = { token, newPassword: "five brown herons sleep" };
    await database().user.update({ where: { id }, data: { emailVerified: true } });
    jar.keep(await call("POST", "/api/auth/reset-password", { body }));
    expect(jar.names()).toEqual(["evo-todo-3000.known_browser"]);
    await refusesAsAnyOther(jar, person);
  });
});

it("a passkey is a second step, so its browser has tries of its own", async () => {
  const person = await protectedUser();
  const { authenticator } = await addPasskeyTo(person.user);
  const own = createCookieJar();
  const answer = await finishPasskeySignIn(
    own,
    authenticator.signIn(await beginPasskeySignIn(own)),
  );
  expect(answer.status).toBe(200);
  expect(own.names()).toContain(markName);
  await spendTries(person);
  expect((await signInByBoth(own, person)).status).toBe(200);
});

it("a passkey makes no trusted device while two-step sign-in is off", async () => {
  const user = await createUserWithPassword();
  const { authenticator } = await addPasskeyTo(user);
  const own = createCookieJar();
  await finishPasskeySignIn(own, authenticator.signIn(await beginPasskeySignIn(own)));
  expect(own.names()).not.toContain(markName);
});

/** As somebody does who knows the password and nothing else. */
async function spendTries(person: Protected): Promise<void> {
  const statuses = await wrongCodesIn(createCookieJar(), person, 11);
  expect(statuses.at(-1)).toBe(429);
}

async function refusesAsAnyOther(jar: CookieJar, person: Protected): Promise<void> {
  await spendTries(person);
  expect((await signInByBoth(jar, person)).status).toBe(429);
}

async function wrongCodesIn(
  jar: CookieJar,
  { user, secret }: Protected,
  count: number,
): Promise<number[]> {
  await takeFirstStep(jar, user);
  await forgetUsedCodes(user);
  const statuses: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    statuses.push((await typeCode(jar, wrongCodeOf(secret))).status);
  }
  return statuses;
}
