import { unexpectedAnswer } from "@/lib/client/api-error";
import { isRecord } from "@/lib/client/is-record";
import { postJson } from "@/lib/client/post-json";
import { tellTabs } from "@/lib/client/tab-channel";

export type Credentials = { email: string; password: string };

export type SecondStepMethod = "app-code" | "passkey" | "recovery-code";

/** The best first, with the words of the wire. */
const secondStepMethods: readonly [method: SecondStepMethod, wire: string][] = [
  ["app-code", "totp"],
  ["passkey", "passkey"],
  ["recovery-code", "backup-code"],
];

/**
 * Makes an account with the onboarding tasks and signs in. The display name is the address before its
 * "@" until it is changed.
 *
 * @returns "signed-in", or "check-mail" where an address has to be confirmed first
 * @throws ApiError with the server's code, or `network` and `timeout` without an answer
 */
export async function signUp({
  email,
  password,
}: Credentials): Promise<"signed-in" | "check-mail"> {
  const answer = await postJson("/api/auth/sign-up/email", {
    email,
    password,
    onboardingTasks: true,
  });
  return isRecord(answer) && answer.verificationRequired === true ? "check-mail" : "signed-in";
}

/**
 * Signs in; the browser keeps the session in a cookie that no script can read.
 *
 * @returns null when that was all, or the ways to do the second step, for which there are ten minutes
 * @throws ApiError, with status 401 when address and password do not match an account
 */
export async function signIn({
  email,
  password,
}: Credentials): Promise<readonly SecondStepMethod[] | null> {
  const answer = await postJson("/api/auth/sign-in/email", { email, password });
  if (!isRecord(answer) || answer.twoFactorRedirect !== true) {
    return null;
  }
  const offered = answer.twoFactorMethods;
  if (!Array.isArray(offered)) {
    throw unexpectedAnswer();
  }
  return secondStepMethods.flatMap(([method, wire]) => (offered.includes(wire) ? [method] : []));
}

/**
 * Does the second step of a sign-in by a code of an authenticator app.
 *
 * @throws ApiError `invalid_input` for a wrong code, `unauthenticated` when the first step is too long ago
 */
export async function signInWithCode(code: string): Promise<void> {
  await postJson("/api/auth/two-factor/verify-totp", { code });
}

/**
 * Does the second step of a sign-in by a recovery code, which works once.
 *
 * @throws ApiError as `signInWithCode` does
 */
export async function signInWithRecoveryCode(code: string): Promise<void> {
  await postJson("/api/auth/two-factor/verify-backup-code", { code });
}

/**
 * Ends the session on the server and tells the tabs. Leave afterwards, so that nothing of the person
 * stays in memory or in this browser.
 *
 * @throws ApiError when the server did not confirm it
 */
export async function signOut(): Promise<void> {
  await postJson("/api/auth/sign-out", {});
  tellTabs({ kind: "signed-out" });
}
