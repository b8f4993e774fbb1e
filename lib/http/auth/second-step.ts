import "server-only";
import { z } from "zod";
import { tellOfNewDevice } from "@/lib/account/notices";
import {
  passSecondStep,
  type SecondStep,
  type SecondStepCode,
  signInExpired,
} from "@/lib/account/second-step";
import {
  type AccountUser,
  findAccountUser,
  findPasswordHash,
  type SignInProof,
} from "@/lib/auth/credentials";
import { requireVerifiedEmail } from "@/lib/auth/features";
import { findOneTimeToken, issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { purgeEnded } from "@/lib/auth/purge-ended";
import { limitRequests } from "@/lib/auth/rate-limits";
import { networkOf } from "@/lib/auth/request-client";
import { startSession } from "@/lib/auth/server";
import { siteCookie } from "@/lib/auth/site";
import {
  findTwoStepStart,
  secondStepDeviceCookie,
  trustedDeviceCookie,
  trustedDeviceId,
} from "@/lib/auth/trusted-devices";
import { signInFirst } from "@/lib/errors";
import { logAuthEvent } from "@/lib/http/auth/auth-events";
import { appCodeInput, recoveryCode } from "@/lib/http/auth/auth-inputs";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { authResponse, withCookies } from "@/lib/http/auth/forward-auth";
import { tryCode } from "@/lib/http/auth/password-tries";
import { readJson } from "@/lib/http/read-json";
import { requestContext } from "@/lib/http/request-context";

export const recoveryCodeInput = z.strictObject({ code: recoveryCode });

const lifeSeconds = 600;
const valueForm = /^([A-Za-z0-9_-]{43})\.(remember|forget)$/;

/** The cookie of a sign-in that waits for its second step. It can be used for nothing else. */
export const secondStepCookie = siteCookie("second_step", lifeSeconds);

/** The names of the methods for clients of Better Auth. */
const wireNames = {
  "app-code": "totp",
  passkey: "passkey",
  "recovery-code": "backup-code",
} as const satisfies Record<SecondStep, string>;

/** The routes for the second step of a sign-in by a code. */
export const secondStepEndpoints: Endpoints = {
  "/two-factor/verify-totp": post(verifyAppCode),
  "/two-factor/verify-backup-code": post(verifyRecoveryCode),
};

/** A sign-in that waits for its second step. */
type PendingSignIn = { userId: string; challenge: string; rememberMe: boolean };

/** Answers a right password with the methods for the second step, and without a session. */
export async function askSecondStep(
  userId: string,
  steps: SecondStep[],
  rememberMe: boolean,
): Promise<Response> {
  const challenge = await issueOneTimeToken(userId, "second-step", lifeSeconds);
  // The choice is not signed: the owner of the cookie could have made either at the first step.
  const value = `${challenge}.${rememberMe ? "remember" : "forget"}`;
  logAuthEvent("second step asked", userId);
  const body = { twoFactorRedirect: true, twoFactorMethods: steps.map((step) => wireNames[step]) };
  return authResponse({ body, cookies: [secondStepCookie.set(value)] });
}

/**
 * The sign-in that a browser has begun, without using it up.
 *
 * @throws AppError `unauthenticated` when there is none, it has expired, or the person was deleted
 */
async function pendingSignIn(request: Request): Promise<PendingSignIn> {
  const [, challenge, wish] = valueForm.exec(secondStepCookie.read(request.headers) ?? "") ?? [];
  const grant = challenge === undefined ? null : await findOneTimeToken(challenge, "second-step");
  if (challenge === undefined || !grant) {
    throw signInExpired();
  }
  return { userId: grant.userId, challenge, rememberMe: wish === "remember" };
}

/** Whether the sign-in that a browser has begun, if any, asked to be remembered. */
export function wantsToBeRemembered(headers: Headers): boolean {
  return valueForm.exec(secondStepCookie.read(headers) ?? "")?.[2] !== "forget";
}

/** Takes the second step with a code of the authenticator app. */
async function verifyAppCode(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
  const { code } = appCodeInput.parse(await readJson(request));
  return takeSecondStep(request, { kind: "app-code", code });
}

/** Takes the second step with a recovery code, which is used up by it. */
async function verifyRecoveryCode(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
  const { code } = recoveryCodeInput.parse(await readJson(request));
  return takeSecondStep(request, { kind: "recovery-code", code });
}

async function takeSecondStep(request: Request, code: SecondStepCode): Promise<Response> {
  const { userId, challenge, rememberMe } = await pendingSignIn(request);
  requestContext().userId = userId;
  // Read before the challenge is used up: a change of password deletes the challenge, or is noticed
  // by the check of the hash.
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

/**
 * Signs in a person whose identity has been fully proved. The session replaces the browser's previous
 * one, the browser becomes a trusted device, and if it was not one before, the person is notified.
 *
 * @param rememberMe false ends the session with the browser, or after a day
 * @param proof the proof that must still be valid when the session has been stored
 * @throws AppError `email_not_verified`, `unauthenticated` when the account or the proof is gone
 */
export async function completeSignIn(
  request: Request,
  user: AccountUser,
  rememberMe: boolean,
  proof: SignInProof | null,
): Promise<Response> {
  requireVerifiedEmail(user);
  const cookies = await startSession(request.headers, user.id, rememberMe, proof);
  logAuthEvent("signed in", user.id);
  if ((await trustedDeviceId(request.headers, user.email)) === null) {
    tellOfNewDevice(user, request.headers);
  }
  purgeEnded();
  const known = await trustedDeviceCookie(user.email);
  return authResponse({ body: { user }, cookies: [...cookies, known] });
}
