import "server-only";
import { beginAuthenticatorApp } from "@/lib/account/begin-authenticator-app";
import { confirmAuthenticatorApp } from "@/lib/account/confirm-authenticator-app";
import { renewRecoveryCodes } from "@/lib/account/renew-recovery-codes";
import { tellOfChange } from "@/lib/account/tell-of-change";
import { turnOffTwoStep } from "@/lib/account/turn-off-two-step";
import { turnOnPasskeyStep } from "@/lib/account/turn-on-passkey-step";
import { limitRequests } from "@/lib/auth/limits";
import { findTwoStepStart } from "@/lib/auth/second-step-browser";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { tryCode, verifyAppCode, verifyRecoveryCode } from "@/lib/http/auth/second-step-code";
import { recentlySignedInUser, type SignedInUser } from "@/lib/http/auth/signed-in-user";
import { appCodeInput, enableTwoStepInput } from "@/lib/http/auth/two-step-inputs";
import { readJson } from "@/lib/http/read-json";
import { refuseBody } from "@/lib/http/refuse-body";

export const twoStepEndpoints: Endpoints = {
  "/two-factor/enable": post(enable),
  "/two-factor/confirm": post(confirm),
  "/two-factor/disable": post(disable),
  "/two-factor/generate-backup-codes": post(generateRecoveryCodes),
  "/two-factor/verify-totp": post(verifyAppCode),
  "/two-factor/verify-backup-code": post(verifyRecoveryCode),
};

/** Begins an authenticator app, or turns two-step sign-in on with the passkeys that are there. */
async function enable(request: Request): Promise<Response> {
  const user = await recentlySignedInUser(request);
  await limitRequests("change", user.id);
  const { method } = enableTwoStepInput.parse(await readJson(request));
  if (method === "totp") {
    return Response.json(await beginAuthenticatorApp(user, user.sessionId));
  }
  return turnedOn(user, await turnOnPasskeyStep(user.id, user.sessionId));
}

/** Turns two-step sign-in on with the first code of the app. */
async function confirm(request: Request): Promise<Response> {
  const user = await recentlySignedInUser(request);
  await limitRequests("change", user.id);
  const { code } = appCodeInput.parse(await readJson(request));
  const start = await findTwoStepStart(user.id);
  const check = () => confirmAuthenticatorApp(user.id, user.sessionId, code);
  return turnedOn(user, await tryCode(request, start, check));
}

// Other sessions go on: who turns this on is the person who uses them, and the page for sessions
// ends any of them.
function turnedOn(user: SignedInUser, recoveryCodes: string[]): Response {
  logAuthEvent("two-step sign-in turned on");
  tellOfChange(user, "two-step sign-in turned on");
  return Response.json({ backupCodes: recoveryCodes });
}

/** Turns two-step sign-in off. It succeeds when it was off, too. */
async function disable(request: Request): Promise<Response> {
  const user = await recentlySignedInUser(request);
  await limitRequests("change", user.id);
  await refuseBody(request);
  if (await turnOffTwoStep(user.id, user.sessionId)) {
    logAuthEvent("two-step sign-in turned off");
    tellOfChange(user, "two-step sign-in turned off");
  }
  return Response.json({ status: true });
}

/** Makes new recovery codes in place of the former ones. */
async function generateRecoveryCodes(request: Request): Promise<Response> {
  const user = await recentlySignedInUser(request);
  await limitRequests("change", user.id);
  await refuseBody(request);
  const recoveryCodes = await renewRecoveryCodes(user.id, user.sessionId);
  logAuthEvent("recovery codes renewed");
  tellOfChange(user, "recovery codes renewed");
  return Response.json({ backupCodes: recoveryCodes });
}
