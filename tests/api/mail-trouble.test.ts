import { PrismaPg } from "@prisma/adapter-pg";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createDatabase, database, shareDatabase } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { log } from "@/lib/log";
import { settleMail } from "@/lib/mail/send-mail";
import { type Answer, call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { tokenOf } from "@/tests/support/links";
import { mailRoutes } from "@/tests/support/mail-routes";
import { inTime, testMailTrouble, triedAgain } from "@/tests/support/mail-trouble";
import { cookieFor, createUser, randomAddress } from "@/tests/support/users";

const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));
// The first request loads the route.
beforeAll(() => call("GET", "/api/auth/ok"));
afterEach(() => mail.behave("accepts"));

testMailTrouble(mail, mailRoutes);

describe.each(["accepts", "stalls", "refuses for now", "refuses for good"] as const)(
  "with a mail server that %s",
  (behavior) => {
    it.each(["/api/auth/request-password-reset", "/api/auth/send-verification-email"])(
      "%s answers in time, and alike for known and unknown addresses",
      async (path) => {
        mail.behave(behavior);
        const { email } = await createUser();
        const ask = (address: string) =>
          timed(() => call("POST", path, { body: { email: address } }));
        const [known, unknown] = await Promise.all([ask(email), ask(randomAddress())]);
        expect(known).toEqual(unknown);
        expect(known.status).toBe(200);
      },
    );

    it("a change of address answers in time, and alike for free and taken addresses", async () => {
      mail.behave(behavior);
      const headers = { Cookie: cookieFor(await createUser()) };
      const { email } = await createUser();
      const change = (newEmail: string) =>
        timed(() => call("POST", "/api/auth/change-email", { body: { newEmail }, headers }));
      const [taken, free] = await Promise.all([change(email), change(randomAddress())]);
      expect(taken).toEqual(free);
      expect(taken.status).toBe(200);
    });
  },
);

it("a mail that the server refuses for now arrives later", async () => {
  const warn = vi.spyOn(log, "warn");
  mail.behave("refuses for now");
  const { email } = await createUser();
  await call("POST", "/api/auth/request-password-reset", { body: { email } });
  await expect.poll(() => warn.mock.calls).toContainEqual(triedAgain("EENVELOPE"));
  mail.behave("accepts");
  expect((await mail.next(email)).subject).toBe("Reset your password");
});

it("the log tells why a mail was not sent, and neither address nor token", async () => {
  const info = vi.spyOn(log, "info");
  const warn = vi.spyOn(log, "warn");
  const error = vi.spyOn(log, "error");
  const { email } = await createUser();
  await call("POST", "/api/auth/request-password-reset", { body: { email } });
  const { link } = await mail.next(email);
  mail.behave("refuses for good");
  await call("POST", "/api/auth/request-password-reset", { body: { email } });
  await expect
    .poll(() => error.mock.calls)
    .toContainEqual([
      { reason: "Error", code: "EENVELOPE", reply: 550, command: "RCPT TO" },
      "a mail was not sent",
    ]);
  await call("POST", "/api/auth/reset-password", {
    body: { token: tokenOf(link), newPassword: "slow herons cross the ford" },
  });
  const lines = JSON.stringify([...info.mock.calls, ...warn.mock.calls, ...error.mock.calls]);
  expect(lines).toContain("password reset");
  expect(lines).not.toContain(email);
  expect(lines).not.toContain(tokenOf(link));
});

it("an unreachable database is a 503 for every address", async () => {
  const own = database();
  const { email } = await createUser();
  const pool = createPool("postgresql://nobody@127.0.0.1:1/nothing");
  shareDatabase(createDatabase(new PrismaPg(pool)));
  try {
    const path = "/api/auth/request-password-reset";
    const ask = (address: string) => call("POST", path, { body: { email: address } });
    const [known, unknown] = await Promise.all([ask(email), ask(randomAddress())]);
    expect([known.status, unknown.status]).toEqual([503, 503]);
    expect(problemIn(known).detail).toBe(problemIn(unknown).detail);
  } finally {
    shareDatabase(own);
    await pool.end();
  }
});

it("without its server, mail changes no answer and the end waits no longer than it may", async () => {
  await mail.close();
  const { email } = await createUser();
  const path = "/api/auth/request-password-reset";
  const known = await timed(() => call("POST", path, { body: { email } }));
  expect(known).toEqual(
    await timed(() => call("POST", path, { body: { email: randomAddress() } })),
  );
  const startedAt = performance.now();
  await settleMail(300);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

/** An answer as a caller can compare it with another: all but the id of its request. */
async function timed(send: () => Promise<Answer>) {
  const { status, body, headers } = await inTime(send);
  const rest = [...headers].filter(([name]) => name !== "x-request-id");
  return { status, body, headers: rest };
}
