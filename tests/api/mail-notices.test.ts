import { beforeAll, describe, expect, it, vi } from "vitest";
import { sendVerification } from "@/lib/account/mail-links";
import {
  type AccountChange,
  tellOfChange,
  tellOfExistingAccount,
  tellOfNewDevice,
} from "@/lib/account/notices";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { postAs } from "@/tests/support/api-keys";
import { follow } from "@/tests/support/links";
import { cookieFor, createUser } from "@/tests/support/users";
import { setUpWaysIn } from "@/tests/support/ways-in";

const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));
vi.hoisted(() => vi.stubEnv("RATE_LIMIT_PER_MINUTE", "600"));
// The first request loads the route.
beforeAll(() => call("GET", "/api/auth/ok"));

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

const changes: [change: AccountChange, subject: string, page: string][] = [
  ["password changed", "Your password was changed", "security"],
  ["two-step sign-in turned on", "Two-step sign-in is on", "security"],
  ["two-step sign-in turned off", "Two-step sign-in is off", "security"],
  ["passkey added", "A passkey was added", "security"],
  ["passkey removed", "A passkey was removed", "security"],
  ["API key made", "An API key was made", "api-keys"],
  ["device let in", "A device was let in", "api-keys"],
  ["provider linked", "Another way to sign in was added", "security"],
  ["provider unlinked", "A way to sign in was removed", "security"],
  ["recovery codes renewed", "Your recovery codes were renewed", "security"],
];

it.each(changes)(
  "tells of %s, with the way to the settings for it",
  async (change, subject, page) => {
    const user = await createUser();
    tellOfChange(user, change);
    const notice = await mail.next(user.email);
    expect(notice.subject).toBe(subject);
    expect(notice.link).toBe(`http://localhost:3000/settings/${page}`);
  },
);

it("tells of a provider that was unlinked", async () => {
  const user = await createUser();
  await setUpWaysIn(user.id);
  const answer = await postAs(user, "/unlink-account", { providerId: "github" });
  expect(answer.status).toBe(200);
  expect((await mail.next(user.email)).subject).toBe("A way to sign in was removed");
});

describe("a new device", () => {
  it("is announced with its name, its address and the time in the person's format", async () => {
    const user = await createUser();
    const profile = { timeZone: "Asia/Kolkata", timeFormat: "12" };
    await database().user.update({ where: { id: user.id }, data: profile });
    const headers = { "User-Agent": firefox, "X-Forwarded-For": "192.0.2.7" };
    tellOfNewDevice(user, new Headers(headers));
    const { subject, text } = await mail.next(user.email);
    expect(subject).toBe("New sign-in to your account");
    expect(text).toContain("Device: Firefox on Linux\n");
    expect(text).toMatch(/Time: \w+day,? \d+ \w+ \d{4} at \d+:\d\d.(am|pm) \(Asia\/Kolkata\)\n/i);
    expect(text).toContain("Network address: 192.0.2.7\n");
  });

  it("with a nonsensical user agent does no harm", async () => {
    const user = await createUser();
    const headers = { "User-Agent": "<img src=x>", "X-Forwarded-For": "<b>1.2.3.4</b>" };
    tellOfNewDevice(user, new Headers(headers));
    const { html, text } = await mail.next(user.email);
    expect(html).not.toMatch(/<img|<b>/);
    expect(text).toContain("Network address: unknown\n");
    expect(text).toMatch(/Time: .+ at \d\d:\d\d \(UTC\)\n/);
  });
});

it("the link that follows a sign-up confirms the address", async () => {
  const user = await createUser();
  sendVerification(user);
  const { link, text } = await mail.next(user.email);
  expect(text).toContain(`Hello ${user.name},`);
  expect(
    (await follow("/api/auth/verify-email", link, {}, { Cookie: cookieFor(user) })).status,
  ).toBe(200);
});

it("the owner of an address is told of attempts to use it five times an hour", async () => {
  const { email } = await createUser();
  for (let attempt = 0; attempt < 7; attempt += 1) {
    tellOfExistingAccount(email);
  }
  for (let notice = 0; notice < 5; notice += 1) {
    expect((await mail.next(email)).subject).toBe("You have an account already");
  }
  tellOfChange({ email, name: "" }, "passkey added");
  expect((await mail.next(email)).subject).toBe("A passkey was added");
  expect(mail.all(email)).toEqual([]);
});

describe("an address that is not confirmed", () => {
  it("is notified of changes to its account five times an hour", async () => {
    const user = await createUser();
    for (let change = 0; change < 4; change += 1) {
      tellOfChange(user, "API key made");
      tellOfNewDevice(user, new Headers({ "User-Agent": firefox }));
    }
    for (let notice = 0; notice < 5; notice += 1) {
      await mail.next(user.email);
    }
    await quiet();
    expect(mail.all(user.email)).toEqual([]);
  });

  it("gets five mails an hour from sign-ups with it, which use up no link of its owner", async () => {
    const user = await createUser();
    for (let account = 0; account < 7; account += 1) {
      sendVerification(user);
    }
    for (let question = 0; question < 5; question += 1) {
      await mail.next(user.email);
    }
    await quiet();
    expect(mail.all(user.email)).toEqual([]);
    const body = { email: user.email };
    expect((await call("POST", "/api/auth/request-password-reset", { body })).status).toBe(200);
    expect((await mail.next(user.email)).subject).toBe("Reset your password");
  });
});

it("a confirmed address is notified of every change", async () => {
  const user = await createUser();
  await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
  for (let change = 0; change < 7; change += 1) {
    tellOfChange(user, "API key made");
  }
  for (let notice = 0; notice < 7; notice += 1) {
    await mail.next(user.email);
  }
});

/** Until a mail that was asked for last has arrived. */
async function quiet(): Promise<void> {
  const { id, email } = await createUser();
  await database().user.update({ where: { id }, data: { emailVerified: true } });
  for (let turn = 0; turn < 8; turn += 1) {
    tellOfChange({ email, name: "" }, "passkey added");
  }
  for (let turn = 0; turn < 8; turn += 1) {
    await mail.next(email);
  }
}
