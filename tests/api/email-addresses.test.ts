import { domainToUnicode } from "node:url";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { checkAddress } from "@/app/_account/credentials";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { illegalAddresses, legalAddresses } from "@/tests/support/email-addresses";
import { givePassword, password } from "@/tests/support/password";
import { cookieFor, createUser, randomText } from "@/tests/support/users";

const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));

const profile = z.object({ user: z.object({ email: z.string(), name: z.string() }) });
// The server of the tests takes the brackets of a path for three octets, which are two.
const serverLengthMax = 253;
const resetSubject = "Reset your password";

it.each(legalAddresses)("the forms accept an address with %s", (_what, address) => {
  expect(checkAddress(address)).toBeUndefined();
});

it.each(illegalAddresses)("the forms refuse an address with %s", (_what, address) => {
  expect(checkAddress(address)).toMatch("Enter an e-mail address");
});

it("every route that sends mail accepts each legal address", async () => {
  const { sessionToken } = await createUser();
  const headers = { Cookie: cookieFor({ sessionToken }) };
  const answers = await Promise.all(
    legalAddresses.map(async ([what, address]) => {
      await createUserOf(address);
      const bodies = mailBodies(address);
      const each = bodies.map(([path, body]) => call("POST", path, { body, headers }));
      return [what, (await Promise.all(each)).map(({ status }) => status)];
    }),
  );
  expect(answers).toEqual(legalAddresses.map(([what]) => [what, [200, 200, 200]]));
});

it("every route that takes an address refuses each illegal one, and names the member", async () => {
  const { sessionToken } = await createUser();
  const headers = { Cookie: cookieFor({ sessionToken }) };
  const answers = await Promise.all(
    illegalAddresses.map(async ([what, email]) => {
      const bodies = [...mailBodies(email), ...passwordBodies(email)];
      const each = bodies.map(([path, body]) => call("POST", path, { body, headers }));
      return [what, (await Promise.all(each)).map(faultyMembers)];
    }),
  );
  const expected = [["/email"], ["/email"], ["/newEmail"], ["/email"], ["/email"]];
  expect(answers).toEqual(illegalAddresses.map(([what]) => [what, expected]));
});

it("a mail goes to each legal address as it is, with a link to this site and no other header", async () => {
  const plain = await resetMailTo("ada@example.com");
  const mailed = legalAddresses.filter(([, { length }]) => length <= serverLengthMax);
  await Promise.all(
    mailed.map(async ([what, address]) => {
      const { headers, link, html } = await resetMailTo(address);
      const to = headers.filter(({ key }) => key === "to").map(({ value }) => value);
      expect(to, what).toEqual([expect.stringMatching(aloneOrInBrackets(address.toLowerCase()))]);
      expect(headers.map(({ key }) => key)).toEqual(plain.headers.map(({ key }) => key));
      expect(link).toMatch(/^http:\/\/localhost:3000\/reset-password\?token=[\w-]{43}$/);
      expect(html).toContain(`href="${link}"`);
    }),
  );
});

it.each(["a!#$%&'*+/=?^_`{|}~-", "o&m", "a/b"])(
  "%s@… makes an account and signs in, in any case",
  async (mailbox) => {
    const unique = `${mailbox}${randomText(4)}`;
    const body = { email: `${unique}@Example.com`, password };
    const made = await call("POST", "/api/auth/sign-up/email", { body });
    expect(profile.parse(made.body)).toMatchObject({
      user: { email: body.email.toLowerCase(), name: unique },
    });
    expect((await mail.next(body.email.toLowerCase())).html).not.toContain(mailbox);
    const shouted = { ...body, email: body.email.toUpperCase() };
    const signedIn = await call("POST", "/api/auth/sign-in/email", { body: shouted });
    expect(signedIn.status).toBe(200);
    const again = await call("POST", "/api/auth/sign-up/email", { body: shouted });
    expect(problemIn(again).code).toBe("conflict");
  },
);

type Post = readonly [path: string, body: Record<string, string>];

function passwordBodies(email: string): Post[] {
  return [
    ["/api/auth/sign-up/email", { email, password }],
    ["/api/auth/sign-in/email", { email, password }],
  ];
}

function mailBodies(email: string): Post[] {
  return [
    ["/api/auth/request-password-reset", { email }],
    ["/api/auth/send-verification-email", { email }],
    ["/api/auth/change-email", { newEmail: email }],
  ];
}

function faultyMembers(answer: Awaited<ReturnType<typeof call>>) {
  const pointers = problemIn(answer).errors?.map(({ pointer }) => pointer);
  return answer.status === 400 ? [...new Set(pointers)] : answer.status;
}

/** A person with the password and an address that nobody else has any more. */
async function createUserOf(address: string): Promise<string> {
  const email = address.toLowerCase();
  await database().user.deleteMany({ where: { email } });
  const { id } = await createUser();
  await database().user.update({ where: { id }, data: { email } });
  await givePassword(id);
  return email;
}

async function resetMailTo(address: string) {
  const email = await createUserOf(address);
  await call("POST", "/api/auth/request-password-reset", { body: { email } });
  // The server of the tests reads Punycode.
  const read = email.replace(/[^@]+$/, (domain) => domainToUnicode(domain));
  let sent = await mail.next(read);
  while (sent.subject !== resetSubject) {
    sent = await mail.next(read);
  }
  return sent;
}

function aloneOrInBrackets(address: string): RegExp {
  const escaped = address.replaceAll(/[$*+.?^{|}/]/g, "\\$&");
  return new RegExp(`^(?:${escaped}|<${escaped}>)$`);
}
