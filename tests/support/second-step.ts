import { type Answer, call } from "@/tests/support/api";
import type { CookieJar } from "@/tests/support/cookies";
import { createUserWithPassword, givePassword, password } from "@/tests/support/password";
import { codeOf, forgetUsedCodes, turnOnTwoStep } from "@/tests/support/two-step";
import type { SignedIn } from "@/tests/support/users";

/** Somebody whose second step is a code of an app. */
export type Protected = { user: SignedIn; secret: string; recoveryCodes: string[] };

/** Makes a user with a password whose two-step sign-in is on. */
export async function protectedUser(): Promise<Protected> {
  const user = await createUserWithPassword();
  return { user, ...(await turnOnTwoStep(user)) };
}

/** Types the right password in a browser. */
export async function takeFirstStep(jar: CookieJar, user: SignedIn): Promise<Answer> {
  await givePassword(user.id);
  const body = { email: user.email, password };
  const answer = await call("POST", "/api/auth/sign-in/email", { body, headers: jar.headers() });
  jar.keep(answer);
  return answer;
}

/** Types a code of the app in a browser that has taken the first step. */
export async function typeCode(jar: CookieJar, code: string): Promise<Answer> {
  const headers = jar.headers();
  const answer = await call("POST", "/api/auth/two-factor/verify-totp", {
    headers,
    body: { code },
  });
  jar.keep(answer);
  return answer;
}

/** Signs in by both steps, with a code that counts as unused. */
export async function signInByBoth(
  jar: CookieJar,
  { user, secret }: Pick<Protected, "user" | "secret">,
): Promise<Answer> {
  await takeFirstStep(jar, user);
  await forgetUsedCodes(user);
  return typeCode(jar, codeOf(secret));
}
