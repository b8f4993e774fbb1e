import { expect, it, vi } from "vitest";
import { call } from "@/tests/support/api";
import { type CookieJar, createCookieJar } from "@/tests/support/cookies";
import { addPasskeyTo, beginPasskeySignIn, finishPasskeySignIn } from "@/tests/support/passkey";
import { createUserWithPassword, password } from "@/tests/support/password";
import { codeOf, forgetUsedCodes, turnOnTwoStep } from "@/tests/support/two-step";
import { cookieFor, createUser, type SignedIn } from "@/tests/support/users";

const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));

const newDevice = "New sign-in to your account";

it("a sign-in from a new browser is announced by mail, and the next from there is not", async () => {
  const user = await createUser();
  const { authenticator } = await addPasskeyTo(user);
  await mail.next(user.email);
  const jar = createCookieJar();
  const signInAgain = async () =>
    finishPasskeySignIn(jar, authenticator.signIn(await beginPasskeySignIn(jar)));
  expect((await signInAgain()).status).toBe(200);
  expect((await mail.next(user.email)).subject).toBe(newDevice);
  expect((await signInAgain()).status).toBe(200);
  await turnOnTwoStep(user);
  expect((await mail.next(user.email)).subject).toBe("Two-step sign-in is on");
});

it("a wrong password, and a right one that waits for the second step, are not announced", async () => {
  const user = await createUserWithPassword();
  const { secret } = await turnOnTwoStep(user);
  await mail.next(user.email);
  const jar = createCookieJar();
  await signIn(user, jar, "not it");
  await signIn(user, jar);
  await forgetUsedCodes(user);
  const answer = await call("POST", "/api/auth/two-factor/verify-totp", {
    headers: jar.headers(),
    body: { code: codeOf(secret) },
  });
  expect(answer.status).toBe(200);
  expect((await mail.next(user.email)).subject).toBe(newDevice);
  expect(mail.all(user.email)).toEqual([]);
});

it("changes to the security of the account are announced by mail", async () => {
  const user = await createUserWithPassword();
  const { passkey } = await addPasskeyTo(user);
  expect((await mail.next(user.email)).subject).toBe("A passkey was added");
  const headers = { Cookie: cookieFor(user) };
  const post = (path: string, body: object) => call("POST", `/api/auth/${path}`, { headers, body });
  await turnOnTwoStep(user);
  expect((await mail.next(user.email)).subject).toBe("Two-step sign-in is on");
  await post("two-factor/generate-backup-codes", {});
  expect((await mail.next(user.email)).subject).toMatch(/recovery codes/i);
  await post("two-factor/disable", {});
  expect((await mail.next(user.email)).subject).toBe("Two-step sign-in is off");
  await post("passkey/delete-passkey", { id: passkey.id });
  expect((await mail.next(user.email)).subject).toBe("A passkey was removed");
});

async function signIn({ email }: SignedIn, jar: CookieJar, tried = password): Promise<void> {
  const body = { email, password: tried };
  jar.keep(await call("POST", "/api/auth/sign-in/email", { headers: jar.headers(), body }));
}
