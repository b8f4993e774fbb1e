import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { type Answer, call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { type CookieJar, createCookieJar } from "@/tests/support/cookies";
import { addPasskeyTo, beginPasskeySignIn, finishPasskeySignIn } from "@/tests/support/passkey";
import { createUserWithPassword, givePassword, password } from "@/tests/support/password";
import { codeOf, forgetUsedCodes, turnOnTwoStep, wrongCodeOf } from "@/tests/support/two-step";
import type { SignedIn } from "@/tests/support/users";

type Way = "totp" | "backup-code";

const secondStepCookie = "evo-todo-3000.second_step";

describe("a right password with two-step sign-in on", () => {
  it("is answered with the methods for the second step, and without a session", async () => {
    const { user } = await protectedUser();
    const before = await database().session.count({ where: { userId: user.id } });
    const answer = await signIn(user);

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      twoFactorRedirect: true,
      twoFactorMethods: ["totp", "backup-code"],
    });
    const cookies = answer.headers.getSetCookie();
    expect(cookies).toEqual([
      expect.stringMatching(
        /^evo-todo-3000\.second_step=[\w-]{43}\.remember; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
      ),
    ]);
    expect(await database().session.count({ where: { userId: user.id } })).toBe(before);
  });

  it("names a passkey where there is one, and no recovery codes where none are left", async () => {
    const { user } = await protectedUser();
    await addPasskeyTo(user);
    await database().recoveryCode.deleteMany({ where: { userId: user.id } });
    expect((await signIn(user)).body).toMatchObject({ twoFactorMethods: ["totp", "passkey"] });
  });

  it("does not work as a session", async () => {
    const jar = createCookieJar();
    jar.keep(await signIn((await protectedUser()).user));
    const headers = jar.headers();
    expect(jar.names()).toEqual([secondStepCookie]);
    expect((await call("GET", "/api/auth/get-session", { headers })).body).toBeNull();
    for (const path of ["token", "list-sessions"]) {
      expect((await call("GET", `/api/auth/${path}`, { headers })).status).toBe(401);
    }
    const token = /=([\w-]+)\./.exec(headers.Cookie ?? "")?.[1] ?? "";
    for (const value of [token, `${token}.x`]) {
      const Cookie = `evo-todo-3000.session_token=${value}`;
      expect((await call("GET", "/api/auth/token", { headers: { Cookie } })).status).toBe(401);
    }
    expect((await call("GET", "/api/tasks", { token })).status).toBe(401);
  });

  it("is required to begin one", async () => {
    const { user } = await protectedUser();
    const answer = await signIn(user, "not it");
    expect(answer.status).toBe(401);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

describe("the second step", () => {
  it("is a code of the app, and signs in", async () => {
    const { user, secret } = await protectedUser();
    const jar = await begun(user);
    const answer = await verify(jar, "totp", codeOf(secret, 1));

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ user: expect.objectContaining({ id: user.id }) });
    expect(Object.keys(answer.body ?? {})).toEqual(["user"]);
    jar.keep(answer);
    expect(jar.names().sort()).toEqual([
      "evo-todo-3000.known_browser",
      "evo-todo-3000.second_step_browser",
      "evo-todo-3000.session_token",
    ]);
    const session = await call("GET", "/api/auth/get-session", { headers: readable(jar) });
    expect(session.body).toMatchObject({ user: { id: user.id } });
  });

  it("accepts a code with a space in it", async () => {
    const { user, secret } = await protectedUser();
    const code = codeOf(secret, 1);
    const answer = await verify(await begun(user), "totp", ` ${code.slice(0, 3)} ${code.slice(3)}`);
    expect(answer.status).toBe(200);
  });

  it.each([
    ["as it is shown", (code: string) => code],
    ["without its dashes", (code: string) => code.replaceAll("-", "")],
    ["in lower case with gaps", (code: string) => code.toLowerCase().replaceAll("-", " ")],
    [
      "with letters that look like its digits",
      (code: string) => code.replaceAll("0", "o").replaceAll("1", "l"),
    ],
  ])("is a recovery code %s, once", async (_name, typed) => {
    const { user, recoveryCodes } = await protectedUser();
    const code = typed(recoveryCodes[3] ?? "");
    expect((await verify(await begun(user), "backup-code", code)).status).toBe(200);
    expect(await database().recoveryCode.count({ where: { userId: user.id } })).toBe(9);
    const again = await verify(await begun(user), "backup-code", code);
    expect(problemIn(again).errors?.[0]?.pointer).toBe("/code");
  });

  it("is a passkey, which ends the wait for a code", async () => {
    const { user } = await protectedUser();
    const { authenticator } = await addPasskeyTo(user);
    const jar = createCookieJar();
    jar.keep(await signIn(user, password, false));
    const response = authenticator.signIn(await beginPasskeySignIn(jar));
    const answer = await finishPasskeySignIn(jar, response);
    expect(answer.status).toBe(200);
    expect(jar.names()).not.toContain(secondStepCookie);
    expect(answer.headers.getSetCookie()[0]).not.toMatch(/Max-Age/);
  });

  it("lasts as long as the first step asked for", async () => {
    const { user, secret } = await protectedUser();
    const jar = createCookieJar();
    jar.keep(await signIn(user, password, false));
    const [session] = (await verify(jar, "totp", codeOf(secret, 1))).headers.getSetCookie();
    expect(session).toMatch(/^evo-todo-3000\.session_token=/);
    expect(session).not.toMatch(/Max-Age/);
  });

  it("may be tried again after a wrong code, and is over after a right one", async () => {
    const { user, secret } = await protectedUser();
    const jar = await begun(user);
    expect((await verify(jar, "totp", wrongCodeOf(secret))).status).toBe(400);
    expect((await verify(jar, "totp", codeOf(secret, 1))).status).toBe(200);
    await forgetUsedCodes(user);
    expect(problemIn(await verify(jar, "totp", codeOf(secret))).code).toBe("unauthenticated");
  });
});

describe("a code", () => {
  it("works once, in the sign-in that confirmed it among others", async () => {
    const { user, secret, usedCode } = await protectedUser();
    expect((await verify(await begun(user), "totp", usedCode)).status).toBe(400);
    const code = codeOf(secret, 1);
    expect((await verify(await begun(user), "totp", code)).status).toBe(200);
    expect((await verify(await begun(user), "totp", code)).status).toBe(400);
  });

  it("works no more than one time step away", async () => {
    const { user, secret } = await protectedUser();
    await forgetUsedCodes(user);
    const jar = await begun(user);
    expect((await verify(jar, "totp", codeOf(secret, -3))).status).toBe(400);
    expect((await verify(jar, "totp", codeOf(secret, 3))).status).toBe(400);
  });

  it.each<Way>(["totp", "backup-code"])(
    "for %s works for one of two sign-ins that use it at once",
    async (way) => {
      const { user, secret, recoveryCodes } = await protectedUser();
      const jars = [await begun(user), await begun(user)];
      const code = way === "totp" ? codeOf(secret, 1) : (recoveryCodes[0] ?? "");
      const answers = await Promise.all(jars.map((jar) => verify(jar, way, code)));
      expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(
        1,
      );
    },
  );

  it("of two in one sign-in at once is the only one used up", async () => {
    const { user, recoveryCodes } = await protectedUser();
    const jar = await begun(user);
    const answers = await Promise.all(
      recoveryCodes.slice(0, 2).map((code) => verify(jar, "backup-code", code)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await database().recoveryCode.count({ where: { userId: user.id } })).toBe(9);
  });

  it("of another person does not work", async () => {
    const one = await protectedUser();
    const other = await protectedUser();
    const jar = await begun(one.user);
    expect((await verify(jar, "totp", codeOf(other.secret, 1))).status).toBe(400);
    expect((await verify(jar, "backup-code", other.recoveryCodes[0] ?? "")).status).toBe(400);
    expect(await database().recoveryCode.count({ where: { userId: other.user.id } })).toBe(10);
  });
});

describe("wrong codes", () => {
  it("are checked ten times in a quarter of an hour, however parallel and by whichever method", async () => {
    const { user, secret, recoveryCodes } = await protectedUser();
    const jars = [await begun(user), await begun(user)];
    const ways: [Way, string][] = [
      ["totp", wrongCodeOf(secret)],
      ["backup-code", "0000-0000-0000-0000"],
    ];
    const tries = await Promise.all(
      Array.from({ length: 16 }, (_, index) => {
        const [way, code] = ways[index % 2] ?? ["totp", ""];
        return verify(jars[index % 2] ?? createCookieJar(), way, code);
      }),
    );
    expect(tries.filter(({ status }) => status === 400)).toHaveLength(10);
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(6);

    const right = await verify(await begun(user), "totp", codeOf(secret, 1));
    expect(right.status).toBe(429);
    expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(840);
    expect((await verify(await begun(user), "backup-code", recoveryCodes[0] ?? "")).status).toBe(
      429,
    );
    await database().rateLimit.updateMany({ data: { lastRequest: { decrement: 900_000 } } });
    expect((await verify(await begun(user), "totp", codeOf(secret, 1))).status).toBe(200);
  });

  it("that cannot be codes are not counted", async () => {
    const { user, secret } = await protectedUser();
    const jar = await begun(user);
    for (const code of ["", "12345", "1234567", "abcdef", "12345\0"]) {
      expect((await verify(jar, "totp", code)).status).toBe(400);
      expect((await verify(jar, "backup-code", code)).status).toBe(400);
    }
    expect((await verify(jar, "totp", wrongCodeOf(secret))).status).toBe(400);
    expect((await verify(jar, "totp", codeOf(secret, 1))).status).toBe(200);
  });
});

describe("a sign-in that waits", () => {
  it.each([
    ["no cookie", ""],
    ["rubbish", `${secondStepCookie}=x`],
    ["a token that never was", `${secondStepCookie}=${"A".repeat(43)}.remember`],
    ["NUL", `${secondStepCookie}=%00.remember`],
  ])("is not found with %s", async (_name, cookie) => {
    const { secret } = await protectedUser();
    const answer = await verify(createCookieJar(cookie), "totp", codeOf(secret, 1));
    expect(problemIn(answer).code).toBe("unauthenticated");
  });

  it("ends after ten minutes", async () => {
    const { user, secret } = await protectedUser();
    const jar = await begun(user);
    await database().oneTimeToken.updateMany({ data: { expiresAt: new Date() } });
    expect((await verify(jar, "totp", codeOf(secret, 1))).status).toBe(401);
  });

  it("ends with the account", async () => {
    const { user, secret } = await protectedUser();
    const jar = await begun(user);
    await database().user.delete({ where: { id: user.id } });
    expect((await verify(jar, "totp", codeOf(secret, 1))).status).toBe(401);
  });

  it("ends when two-step sign-in is turned off", async () => {
    const { user, secret, recoveryCodes } = await protectedUser();
    const jar = await begun(user);
    const own = createCookieJar();
    own.keep(await verify(await begun(user), "backup-code", recoveryCodes[0] ?? ""));
    await call("POST", "/api/auth/two-factor/disable", { headers: readable(own), body: {} });
    expect((await verify(jar, "totp", codeOf(secret, 1))).status).toBe(401);
    expect((await signIn(user)).body).toHaveProperty("user");
  });

  it("is not begun by a token for another purpose", async () => {
    const { user, secret } = await protectedUser();
    const jar = await begun(user);
    await database().oneTimeToken.updateMany({ data: { purpose: "verify-email" } });
    expect((await verify(jar, "totp", codeOf(secret, 1))).status).toBe(401);
  });
});

async function protectedUser() {
  const user = await createUserWithPassword();
  return { user, ...(await turnOnTwoStep(user)) };
}

/** A browser in which somebody has typed the right password. */
async function begun(user: SignedIn): Promise<CookieJar> {
  const jar = createCookieJar();
  jar.keep(await signIn(user));
  return jar;
}

async function signIn(user: SignedIn, tried = password, rememberMe = true): Promise<Answer> {
  await givePassword(user.id);
  const body = { email: user.email, password: tried, rememberMe };
  return call("POST", "/api/auth/sign-in/email", { body });
}

function verify(jar: CookieJar, way: Way, code: string) {
  return call("POST", `/api/auth/two-factor/verify-${way}`, {
    headers: jar.headers(),
    body: { code },
  });
}

/** Better Auth reads the signature of its cookie decoded. */
function readable(jar: CookieJar): { Cookie: string } {
  return { Cookie: decodeURIComponent(jar.headers().Cookie ?? "") };
}
