import { beforeAll, describe, expect, it, vi } from "vitest";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { verifyPassword } from "@/lib/auth/password-hash";
import { countPasswordTry } from "@/lib/auth/rate-limits";
import { database } from "@/lib/db/client";
import { accountTries } from "@/lib/http/auth/password-tries";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { follow, tokenOf } from "@/tests/support/links";
import { cookieFor, createSession, createUser, type SignedIn } from "@/tests/support/users";
import { countWaysIn, setUpWaysIn, storeCredential } from "@/tests/support/ways-in";

const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));
// The first request loads the route.
beforeAll(() => call("GET", "/api/auth/ok"));

const path = "/api/auth/reset-password";
const newPassword = "slow herons cross the ford";

describe("resetting a forgotten password", () => {
  it("sets the password by the link of a mail, ends every session and says so", async () => {
    const user = await verifiedUser();
    await createSession(user.id);
    const { link, subject, text } = await requestReset(user.email);

    expect(subject).toBe("Reset your password");
    expect(link).toMatch(/^http:\/\/localhost:3000\/reset-password\?token=[\w-]{43}$/);
    expect(text).toContain("once, within one hour");
    const answer = await follow(path, link, { newPassword });

    expect(answer).toMatchObject({ status: 200, body: { status: true } });
    expect(await database().session.count({ where: { userId: user.id } })).toBe(0);
    const old = await call("GET", "/api/auth/token", { headers: { Cookie: cookieFor(user) } });
    expect(old.status).toBe(401);
    expect((await signIn(user.email, newPassword)).status).toBe(200);
    const notice = await mail.next(user.email);
    expect(notice.subject).toBe("Your password was reset");
    expect(notice.text).toContain("API keys stay as they were");
  });

  it("signs nobody in, and lets the owner sign in from this browser while guesses lock the account", async () => {
    const user = await verifiedUser();
    await storeCredential(user.id);
    const { link } = await requestReset(user.email);
    const answer = await follow(path, link, { newPassword });
    const cookies = answer.headers.getSetCookie();

    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(/^evo-todo-3000\.known_browser=/);
    for (let guess = 0; guess < 10; guess += 1) {
      await countPasswordTry(accountTries(user.email));
    }
    const Cookie = cookies[0]?.split(";")[0] ?? "";
    expect((await signIn(user.email, newPassword)).status).toBe(429);
    expect((await signIn(user.email, newPassword, { Cookie })).status).toBe(200);
  });

  it("keeps what a person with a proved address has set up", async () => {
    const user = await verifiedUser();
    await setUpWaysIn(user.id);
    await follow(path, (await requestReset(user.email)).link, { newPassword });

    expect(await countWaysIn(user.id)).toEqual({
      passkeys: 1,
      twoStep: 1,
      recoveryCodes: 1,
      apiKeys: 1,
      accounts: 2,
    });
  });

  it("as the first proof of an address, removes what somebody else may have set up", async () => {
    const user = await createUser();
    await setUpWaysIn(user.id);
    await follow(path, (await requestReset(user.email)).link, { newPassword });

    expect(await countWaysIn(user.id)).toEqual({
      passkeys: 0,
      twoStep: 0,
      recoveryCodes: 0,
      apiKeys: 0,
      accounts: 1,
    });
    const { emailVerified } = await database().user.findUniqueOrThrow({ where: { id: user.id } });
    expect(emailVerified).toBe(true);
    expect((await mail.next(user.email)).text).toContain("linked accounts were removed");
  });

  it.each([true, false])(
    "by the link of an operator proves no address and removes nothing, where it is confirmed: %s",
    async (emailVerified) => {
      const user = await createUser();
      await database().user.update({ where: { id: user.id }, data: { emailVerified } });
      await createSession(user.id);
      await setUpWaysIn(user.id);
      const before = await countWaysIn(user.id);
      const token = await issueOneTimeToken(user.id, "reset-password", 60, null);
      const answer = await call("POST", path, { body: { token, newPassword } });

      expect(answer).toMatchObject({ status: 200, body: { status: true } });
      expect(await database().session.count({ where: { userId: user.id } })).toBe(0);
      const old = await call("GET", "/api/auth/token", { headers: { Cookie: cookieFor(user) } });
      expect(old.status).toBe(401);
      expect(await countWaysIn(user.id)).toEqual(before);
      const row = await database().user.findUniqueOrThrow({ where: { id: user.id } });
      expect(row.emailVerified).toBe(emailVerified);
      const { password } = await database().account.findFirstOrThrow({
        where: { userId: user.id, providerId: "credential" },
      });
      expect(await verifyPassword(newPassword, password ?? "")).toBe(true);
      expect((await call("POST", path, { body: { token, newPassword } })).status).toBe(400);
    },
  );

  it("uses a link once, and of two at the same moment only one", async () => {
    const { email, id } = await verifiedUser();
    const { link } = await requestReset(email);
    const answers = await Promise.all([
      follow(path, link, { newPassword }),
      follow(path, link, { newPassword: "another password of mine" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    const third = await follow(path, link, { newPassword: "a third password of mine" });
    expect(problemIn(third).errors?.map(({ pointer }) => pointer)).toEqual(["/token"]);
    expect(await database().account.count({ where: { userId: id } })).toBe(1);
  });

  it("uses up the links of earlier mails with the last", async () => {
    const { email } = await verifiedUser();
    const first = await requestReset(email);
    const second = await requestReset(email);
    expect((await follow(path, second.link, { newPassword })).status).toBe(200);
    expect((await follow(path, first.link, { newPassword })).status).toBe(400);
  });

  it("refuses a link that is over an hour old, or of another purpose", async () => {
    const user = await createUser();
    const { link } = await requestReset(user.email);
    const { expiresAt } = await database().oneTimeToken.findFirstOrThrow({
      where: { userId: user.id },
    });
    const life = expiresAt.getTime() - Date.now();
    expect(life).toBeGreaterThan(3_500_000);
    expect(life).toBeLessThanOrEqual(3_600_000);
    await database().oneTimeToken.updateMany({
      where: { userId: user.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect((await follow(path, link, { newPassword })).status).toBe(400);

    await call("POST", "/api/auth/send-verification-email", { body: { email: user.email } });
    const verification = await mail.next(user.email);
    expect((await follow(path, verification.link, { newPassword })).status).toBe(400);
    expect((await confirm(user, verification.link)).status).toBe(200);
  });

  it("refuses a link that went to an address which is no longer the account's", async () => {
    const { id, email } = await verifiedUser();
    const former = await issueOneTimeToken(id, "reset-password", 3_600, `former-${email}`);
    const answer = await call("POST", path, { body: { token: former, newPassword } });
    expect(problemIn(answer).errors?.map(({ pointer }) => pointer)).toEqual(["/token"]);
    expect(await database().account.count({ where: { userId: id, password: { not: null } } })).toBe(
      0,
    );
  });

  it("does not use a link up for a password that breaks the rules", async () => {
    const user = await verifiedUser();
    const { link } = await requestReset(user.email);
    for (const weak of ["short", "Password1234", `${user.name} 2026`]) {
      const answer = await follow(path, link, { newPassword: weak });
      expect(answer.status).toBe(400);
      expect(problemIn(answer).errors?.[0]?.pointer).toBe("/newPassword");
    }
    expect((await follow(path, link, { newPassword })).status).toBe(200);
  });

  it("does not use up the link on a GET, as mail scanners send it", async () => {
    const { email } = await verifiedUser();
    const { link } = await requestReset(email);
    const scanned = await call("GET", `${path}?token=${tokenOf(link)}`);
    expect(scanned.status).toBe(405);
    expect((await follow(path, link, { newPassword })).status).toBe(200);
  });

  it("sets a password for a person who has signed in only with a provider", async () => {
    const { id, email } = await verifiedUser();
    await follow(path, (await requestReset(email)).link, { newPassword });
    const account = await database().account.findFirstOrThrow({ where: { userId: id } });
    expect(account).toMatchObject({ providerId: "credential", accountId: id });
    expect(await verifyPassword(newPassword, account.password ?? "")).toBe(true);
  });

  it("takes the host of a link from the settings, whatever a request says", async () => {
    const { email } = await verifiedUser();
    const headers = {
      "X-Forwarded-Host": "evil.example",
      "X-Forwarded-Proto": "https",
      Forwarded: "host=evil.example",
    };
    await call("POST", "/api/auth/request-password-reset", { body: { email }, headers });
    const { link, html } = await mail.next(email);
    expect(link).toMatch(/^http:\/\/localhost:3000\//);
    expect(html).not.toContain("evil.example");
  });

  it("finds the account in any spelling of the address", async () => {
    const { email } = await verifiedUser();
    await call("POST", "/api/auth/request-password-reset", {
      body: { email: email.toUpperCase() },
    });
    expect((await mail.next(email)).subject).toBe("Reset your password");
  });

  it("keeps no token in the database, and none in what it writes about a mail", async () => {
    const user = await verifiedUser();
    const { link, headers } = await requestReset(user.email);
    const rows = await database().oneTimeToken.findMany();
    expect(JSON.stringify(rows)).not.toContain(tokenOf(link));
    expect(headers).toContainEqual(
      expect.objectContaining({ key: "auto-submitted", value: "auto-generated" }),
    );
    expect(headers).toContainEqual(
      expect.objectContaining({
        key: "message-id",
        value: expect.stringMatching(/^<.+@localhost>$/),
      }),
    );
  });
});

async function requestReset(email: string) {
  const answer = await call("POST", "/api/auth/request-password-reset", { body: { email } });
  expect(answer).toMatchObject({ status: 200, body: { status: true } });
  return mail.next(email);
}

function confirm(user: SignedIn, link: string) {
  return follow("/api/auth/verify-email", link, {}, { Cookie: cookieFor(user) });
}

async function verifiedUser(): Promise<SignedIn> {
  const user = await createUser();
  await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
  return user;
}

function signIn(email: string, password: string, headers: Record<string, string> = {}) {
  return call("POST", "/api/auth/sign-in/email", { body: { email, password }, headers });
}
