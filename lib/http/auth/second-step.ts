import "server-only";
import { type SecondStep, signInExpired } from "@/lib/account/second-step";
import { findOneTimeToken, issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { siteCookie } from "@/lib/auth/site-cookie";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { authResponse } from "@/lib/http/auth/forward-auth";

const lifeSeconds = 600;
const valueForm = /^([A-Za-z0-9_-]{43})\.(remember|forget)$/;

/** Stands for a right password that waits for the second step, and is good for nothing else. */
export const secondStepCookie = siteCookie("second_step", lifeSeconds);

/** As clients of Better Auth know them. */
const wireNames = {
  "app-code": "totp",
  passkey: "passkey",
  "recovery-code": "backup-code",
} as const satisfies Record<SecondStep, string>;

/** A sign-in that waits for its second step. */
export type PendingSignIn = { userId: string; challenge: string; rememberMe: boolean };

/** Answers a right password with the ways of the second step, and without a session. */
export async function askSecondStep(
  userId: string,
  steps: SecondStep[],
  rememberMe: boolean,
): Promise<Response> {
  const challenge = await issueOneTimeToken(userId, "second-step", lifeSeconds);
  // Not signed: the holder of the cookie could have asked for either at the first step.
  const value = `${challenge}.${rememberMe ? "remember" : "forget"}`;
  logAuthEvent("second step asked", userId);
  const body = { twoFactorRedirect: true, twoFactorMethods: steps.map((step) => wireNames[step]) };
  return authResponse({ body, cookies: [secondStepCookie.set(value)] });
}

/**
 * The sign-in that a browser has begun. It is not used up by being looked at.
 *
 * @throws AppError `unauthenticated` when there is none, it is over, or the person is gone
 */
export async function pendingSignIn(request: Request): Promise<PendingSignIn> {
  const [, challenge, wish] = valueForm.exec(secondStepCookie.read(request.headers) ?? "") ?? [];
  const grant = challenge === undefined ? null : await findOneTimeToken(challenge, "second-step");
  if (challenge === undefined || !grant) {
    throw signInExpired();
  }
  return { userId: grant.userId, challenge, rememberMe: wish === "remember" };
}

/** Whether the sign-in that a browser has begun, if any, asked to last beyond the browser. */
export function wantsToBeRemembered(headers: Headers): boolean {
  return valueForm.exec(secondStepCookie.read(headers) ?? "")?.[2] !== "forget";
}
