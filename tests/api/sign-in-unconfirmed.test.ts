import { expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { createCookieJar } from "@/tests/support/cookies";
import { addPasskeyTo, beginPasskeySignIn, finishPasskeySignIn } from "@/tests/support/passkey";
import { createUserWithPassword, givePassword, password } from "@/tests/support/password";
import { codeOf, turnOnTwoStep } from "@/tests/support/two-step";
import { createUser, type SignedIn } from "@/tests/support/users";

vi.hoisted(() => vi.stubEnv("REQUIRE_EMAIL_VERIFICATION", "1"));

it("an account with an unconfirmed address refuses the right password in the words for a wrong one", async () => {
  const user = await createUserWithPassword();
  const wrong = await signIn(user, "not it");
  const right = await signIn(user);
  expect(right.status).toBe(401);
  expect(problemIn(right)).toEqual({ ...problemIn(wrong), requestId: expect.any(String) });
  expect([...right.headers.keys()]).toEqual([...wrong.headers.keys()]);
  expect(await database().session.count({ where: { userId: user.id } })).toBe(1);

  await setVerified(user, true);
  expect((await signIn(user)).status).toBe(200);
});

it("its right password is counted like a wrong one, so that the limit reveals nothing", async () => {
  const user = await createUserWithPassword();
  expect((await signIn(user)).status).toBe(401);
  await givePassword(user.id);
  const tries = await Promise.all(Array.from({ length: 10 }, () => signIn(user, "not it")));
  expect(tries.map(({ status }) => status).sort()).toEqual([...Array(9).fill(401), 429]);
});

it("it refuses passkeys", async () => {
  const user = await createUser();
  const { authenticator } = await addPasskeyTo(user);
  const jar = createCookieJar();
  const refused = authenticator.signIn(await beginPasskeySignIn(jar));
  expect(problemIn(await finishPasskeySignIn(jar, refused)).code).toBe("email_not_verified");
  await setVerified(user, true);
  const accepted = authenticator.signIn(await beginPasskeySignIn(jar));
  expect((await finishPasskeySignIn(jar, accepted)).status).toBe(200);
});

it("it refuses the second step, too", async () => {
  const user = await createUserWithPassword();
  const { secret } = await turnOnTwoStep(user);
  expect(problemIn(await signIn(user)).code).toBe("unauthenticated");

  await setVerified(user, true);
  const jar = createCookieJar();
  jar.keep(await signIn(user));
  await setVerified(user, false);
  const answer = await call("POST", "/api/auth/two-factor/verify-totp", {
    headers: jar.headers(),
    body: { code: codeOf(secret, 1) },
  });
  expect(problemIn(answer).code).toBe("email_not_verified");
  expect(await database().session.count({ where: { userId: user.id } })).toBe(1);
});

function signIn({ email }: SignedIn, tried = password) {
  return call("POST", "/api/auth/sign-in/email", { body: { email, password: tried } });
}

async function setVerified({ id }: SignedIn, emailVerified: boolean): Promise<void> {
  await database().user.update({ where: { id }, data: { emailVerified } });
}
