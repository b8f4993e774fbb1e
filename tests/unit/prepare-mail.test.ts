import { beforeEach, expect, it, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
  vi.unstubAllEnvs();
});

it("production without a mail server says once what is off", async () => {
  const { warnings, prepareMail } = await load({ NODE_ENV: "production" });
  prepareMail();
  expect(warnings()).toEqual([
    [
      {
        off: [
          "resetting a forgotten password by mail",
          "confirming an address",
          "changing an address",
          "notices of new devices and security changes",
        ],
      },
      "there is no SMTP_URL, so no mail is sent",
    ],
  ]);
});

it("addresses that have to be confirmed without a mail server are refused at start", async () => {
  const settings = { NODE_ENV: "production", REQUIRE_EMAIL_VERIFICATION: "1" };
  const { prepareMail } = await load(settings);
  expect(prepareMail).toThrow(/Set SMTP_URL, or leave REQUIRE_EMAIL_VERIFICATION out/);
  const withMail = await load({ ...settings, SMTP_URL: "smtps://mail.example" });
  expect(withMail.prepareMail).not.toThrow();
  expect(withMail.warnings()).toEqual([]);
});

it("development needs no mail server", async () => {
  const { prepareMail, warnings } = await load({ REQUIRE_EMAIL_VERIFICATION: "1" });
  expect(prepareMail).not.toThrow();
  expect(warnings()).toEqual([]);
});

it.each(["nobody", "a@example, b@example", "<>"])("MAIL_FROM may not be %j", async (from) => {
  const { prepareMail } = await load({ MAIL_FROM: from });
  expect(prepareMail).toThrow(/^MAIL_FROM is not an address/);
});

it.each([
  ["https://todo.example", "Evo-TODO <no-reply@todo.example>"],
  ["http://localhost:3000", "Evo-TODO <no-reply@localhost>"],
  ["http://192.0.2.1:3000", "Evo-TODO <no-reply@localhost>"],
  ["http://[::1]:3000", "Evo-TODO <no-reply@localhost>"],
])("mails of %s come from %s", async (BETTER_AUTH_URL, from) => {
  await load({ BETTER_AUTH_URL });
  const { sender } = await import("@/lib/mail/send-mail");
  expect(sender).toBe(from);
});

async function load(settings: Record<string, string>) {
  vi.resetModules();
  for (const [name, value] of Object.entries({ NODE_ENV: "development", ...settings })) {
    vi.stubEnv(name, value);
  }
  const { log } = await import("@/lib/log");
  const warn = vi.spyOn(log, "warn");
  const { prepareMail } = await import("@/lib/mail/prepare-mail");
  return { prepareMail, warnings: () => warn.mock.calls };
}
