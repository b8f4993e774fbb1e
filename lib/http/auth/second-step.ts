import "server-only";
import { z } from "zod";
import {
  passSecondStep,
  type SecondStep,
  type SecondStepCode,
  signInExpired,
} from "@/lib/account/second-step";
import { findAccountUser, findPasswordHash } from "@/lib/auth/credentials";
import { findOneTimeToken, issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { limitRequests } from "@/lib/auth/rate-limits";
import { networkOf } from "@/lib/auth/request-client";
import { siteCookie } from "@/lib/auth/site";
import { findTwoStepStart, secondStepDeviceCookie } from "@/lib/auth/trusted-devices";
import { signInFirst } from "@/lib/errors";
import { logAuthEvent } from "@/lib/http/auth/auth-events";
import { appCodeInput, recoveryCode } from "@/lib/http/auth/auth-inputs";
import { completeSignIn } from "@/lib/http/auth/complete-sign-in";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { authResponse, withCookies } from "@/lib/http/auth/forward-auth";
import { tryCode } from "@/lib/http/auth/password-tries";
import { readJson } from "@/lib/http/read-json";
import { requestContext } from "@/lib/http/request-context";

export const recoveryCodeInput = z.strictObject({ code: recoveryCode });

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

/** The routes that take the second step of a sign-in by a code. */
export const secondStepEndpoints: Endpoints = {
  "/two-factor/verify-totp": post(verifyAppCode),
  "/two-factor/verify-backup-code": post(verifyRecoveryCode),
};

/** A sign-in that waits for its second step. */
type PendingSignIn = { userId: string; challenge: string; rememberMe: boolean };

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
async function pendingSignIn(request: Request): Promise<PendingSignIn> {
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

/** Takes the second step with a code of the authenticator app. */
async function verifyAppCode(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
  const { code } = appCodeInput.parse(await readJson(request));
  return takeSecondStep(request, { kind: "app-code", code });
}

/** Takes the second step with a recovery code, which is used up. */
async function verifyRecoveryCode(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
  const { code } = recoveryCodeInput.parse(await readJson(request));
  return takeSecondStep(request, { kind: "recovery-code", code });
}

async function takeSecondStep(request: Request, code: SecondStepCode): Promise<Response> {
  const { userId, challenge, rememberMe } = await pendingSignIn(request);
  requestContext().userId = userId;
  // Read before the challenge is used up: a change of password voids the challenge or is seen later.
  const hash = await findPasswordHash(userId);
  const start = await findTwoStepStart(userId);
  await tryCode(request, start, () => passSecondStep(userId, challenge, code));
  if (code.kind === "recovery-code") {
    logAuthEvent("recovery code used");
  }
  const user = await findAccountUser(userId);
  if (!user) {
    throw signInFirst();
  }
  const proof = hash === null ? null : ({ kind: "password", hash } as const);
  const response = await completeSignIn(request, user, rememberMe, proof);
  return withCookies(response, [secondStepCookie.clear, secondStepDeviceCookie(start)]);
}
