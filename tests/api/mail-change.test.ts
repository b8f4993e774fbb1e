import { beforeAll, describe, expect, it, vi } from "vitest";
import { countPasswordTry } from "@/lib/auth/rate-limits";
import { database } from "@/lib/db/client";
import { accountTries } from "@/lib/http/auth/password-tries";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { follow } from "@/tests/support/links";
import { createUserWithPassword, password } from "@/tests/support/password";
import { cookieFor, createUser, randomAddress, type SignedIn } from "@/tests/support/users";
import { countWaysIn, setUpWaysIn } from "@/tests/support/ways-in";

const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));
// The first request loads the route.
beforeAll(() => call("GET", "/api/auth/ok"));

const path = "/api/auth/confirm-email-change";

describe("changing the address", () => {
  it("takes effect by the link at the new address, and tells the old one", async () => {
    const user = await createUser();
    const newEmail = randomAddress();
    const { link, subject } = await requestChange(user, newEmail.toUpperCase());

    expect(subject).toBe("Confirm your new address");
    expect(await emailOf(user)).toEqual({ email: user.email, emailVerified: false });
    const answer = await follow(path, link, {}, { Cookie: cookieFor(user) });

    expect(answer).toMatchObject({ status: 200, body: { status: true } });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^evo-todo-3000\.known_browser=/);
    expect(await emailOf(user)).toEqual({ email: newEmail, emailVerified: true });
    const notice = await mail.next(user.email);
    expect(notice.subject).toBe("Your address was changed");
    expect(notice.text).not.toContain(newEmail);
    const session = await call("GET", "/api/auth/get-session", {
      headers: { Cookie: cookieFor(user) },
    });
    expect(session.body).toMatchObject({ user: { email: newEmail } });
  });

  it("invalidates the links that were sent to the old address", async () => {
    const user = await createUser();
    const body = { email: user.email };
    await call("POST", "/api/auth/request-password-reset", { body });
    const reset = await mail.next(user.email);
    await call("POST", "/api/auth/send-verification-email", { body });
    const verification = await mail.next(user.email);
    const { link } = await requestChange(user, randomAddress());
    await follow(path, link, {}, { Cookie: cookieFor(user) });

    const late = await follow("/api/auth/reset-password", reset.link, {
      newPassword: "slow herons cross the ford",
    });
    expect(late.status).toBe(400);
    expect((await follow("/api/auth/verify-email", verification.link)).status).toBe(400);
  });

  it("works for its own person only, and is not used up by another", async () => {
    const user = await createUser();
    const other = await createUser();
    const { link } = await requestChange(user, randomAddress());

    expect((await follow(path, link)).status).toBe(401);
    const wrong = await follow(path, link, {}, { Cookie: cookieFor(other) });
    expect(problemIn(wrong).errors?.[0]?.pointer).toBe("/token");
    expect((await follow("/api/auth/verify-email", link)).status).toBe(400);
    expect((await follow(path, link, {}, { Cookie: cookieFor(user) })).status).toBe(200);
    expect((await follow(path, link, {}, { Cookie: cookieFor(user) })).status).toBe(400);
  });

  it("does not reveal that the new address has an account, and notifies its owner", async () => {
    const user = await createUser();
    const owner = await createUser();
    const free = await changeEmail(user, randomAddress());
    const taken = await changeEmail(user, owner.email);

    expect(taken.status).toBe(200);
    expect(taken.body).toEqual(free.body);
    expect((await mail.next(owner.email)).subject).toBe("You have an account already");
    const tokens = { userId: user.id, purpose: "change-email", email: owner.email };
    expect(await database().oneTimeToken.count({ where: tokens })).toBe(0);
  });

  it("is refused if the address has got an account in the meantime, and keeps the old one", async () => {
    const user = await createUser();
    const newEmail = randomAddress();
    const { link } = await requestChange(user, newEmail);
    const other = await createUser();
    await database().user.update({ where: { id: other.id }, data: { email: newEmail } });

    const answer = await follow(path, link, {}, { Cookie: cookieFor(user) });
    expect(answer.status).toBe(409);
    expect(problemIn(answer).code).toBe("conflict");
    expect((await emailOf(user)).email).toBe(user.email);
  });

  it("requires a recent sign-in, and a different address", async () => {
    const user = await createUser();
    const same = await changeEmail(user, user.email.toUpperCase());
    expect(problemIn(same).errors?.[0]?.pointer).toBe("/newEmail");
    await database().session.updateMany({
      where: { userId: user.id },
      data: { createdAt: new Date(Date.now() - 16 * 60_000) },
    });
    const late = await changeEmail(user, randomAddress());
    expect(problemIn(late).code).toBe("recent_sign_in_required");
  });
});

describe("confirming the address", () => {
  it("works once by the link of a mail", async () => {
    const user = await createUser();
    const { link } = await requestVerification(user);
    expect(await confirm(user, link)).toMatchObject({
      status: 200,
      body: { status: true },
    });
    expect((await emailOf(user)).emailVerified).toBe(true);
    expect((await confirm(user, link)).status).toBe(400);
  });

  it("requires the password from somebody who is not signed in to the account", async () => {
    const user = await createUserWithPassword();
    const stranger = { Cookie: cookieFor(await createUser()) };
    const { link } = await requestVerification(user);
    for (const headers of [{}, stranger]) {
      const answer = await follow("/api/auth/verify-email", link, {}, headers);
      expect(answer.status).toBe(400);
      expect(problemIn(answer).errors?.map(({ pointer }) => pointer)).toEqual(["/password"]);
    }
    const wrong = await follow("/api/auth/verify-email", link, { password: "not it at all" });
    expect(problemIn(wrong).errors).toEqual([
      { pointer: "/password", detail: "is not the account's password" },
    ]);
    expect((await emailOf(user)).emailVerified).toBe(false);
    expect((await follow("/api/auth/verify-email", link, { password })).status).toBe(200);
    expect((await emailOf(user)).emailVerified).toBe(true);
  });

  it("counts wrong passwords with those of a sign-in", async () => {
    const user = await createUserWithPassword();
    const { link } = await requestVerification(user);
    for (let guess = 0; guess < 10; guess += 1) {
      await countPasswordTry(accountTries(user.email));
    }
    expect((await follow("/api/auth/verify-email", link, { password })).status).toBe(429);
  });

  it("lets nobody keep what they prepared in an account made with somebody else's address", async () => {
    const squatter = await createUser();
    await setUpWaysIn(squatter.id);
    const { link } = await requestVerification(squatter);
    const owner = await follow("/api/auth/verify-email", link, {
      password: "the owner's own words",
    });
    expect(owner.status).toBe(400);
    await call("POST", "/api/auth/request-password-reset", { body: { email: squatter.email } });
    const reset = await mail.next(squatter.email);
    const newPassword = "slow herons cross the ford";
    expect((await follow("/api/auth/reset-password", reset.link, { newPassword })).status).toBe(
      200,
    );
    expect(await countWaysIn(squatter.id)).toMatchObject({ passkeys: 0, apiKeys: 0, accounts: 1 });
    expect((await confirm(squatter, link)).status).toBe(400);
  });

  it("refuses a link that is over an hour old, or was sent to a former address", async () => {
    const user = await createUser();
    const { link } = await requestVerification(user);
    await database().user.update({ where: { id: user.id }, data: { email: randomAddress() } });
    expect((await confirm(user, link)).status).toBe(400);
    await database().user.update({ where: { id: user.id }, data: { email: user.email } });
    await database().oneTimeToken.updateMany({
      where: { userId: user.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect((await confirm(user, link)).status).toBe(400);
    expect((await emailOf(user)).emailVerified).toBe(false);
  });

  it("does not use up the link on a GET, as mail scanners send it", async () => {
    const user = await createUser();
    const { link } = await requestVerification(user);
    expect((await call("GET", "/api/auth/verify-email")).status).toBe(405);
    expect((await confirm(user, link)).status).toBe(200);
  });

  it("sends nothing to an address that is confirmed already", async () => {
    const user = await createUser();
    await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
    await call("POST", "/api/auth/send-verification-email", { body: { email: user.email } });
    await call("POST", "/api/auth/request-password-reset", { body: { email: user.email } });
    expect((await mail.next(user.email)).subject).toBe("Reset your password");
    expect(mail.all(user.email)).toEqual([]);
  });
});

function changeEmail(user: SignedIn, newEmail: string) {
  const headers = { Cookie: cookieFor(user) };
  return call("POST", "/api/auth/change-email", { body: { newEmail }, headers });
}

async function requestChange(user: SignedIn, newEmail: string) {
  expect((await changeEmail(user, newEmail)).status).toBe(200);
  return mail.next(newEmail.toLowerCase());
}

function confirm(user: SignedIn, link: string) {
  return follow("/api/auth/verify-email", link, {}, { Cookie: cookieFor(user) });
}

async function requestVerification(user: SignedIn) {
  await call("POST", "/api/auth/send-verification-email", { body: { email: user.email } });
  return mail.next(user.email);
}

function emailOf({ id }: SignedIn) {
  return database().user.findUniqueOrThrow({
    where: { id },
    select: { email: true, emailVerified: true },
  });
}
