import "server-only";
import { z } from "zod";
import {
  beginAuthenticatorApp,
  confirmAuthenticatorApp,
  renewRecoveryCodes,
  turnOffTwoStep,
  turnOnPasskeyStep,
} from "@/lib/account/two-step";
import { findTwoStepStart } from "@/lib/auth/trusted-devices";
import { recordChange } from "@/lib/http/auth/auth-events";
import { appCodeInput } from "@/lib/http/auth/auth-inputs";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { tryCode } from "@/lib/http/auth/password-tries";
import { type SignedInUser, withProtectedChange } from "@/lib/http/auth/with-user";
import { readJson, refuseBody } from "@/lib/http/read-json";

export const enableTwoStepInput = z.strictObject({ method: z.enum(["totp", "passkey"]) });

export const twoStepEndpoints: Endpoints = {
  "/two-factor/enable": post(withProtectedChange(enable)),
  "/two-factor/confirm": post(withProtectedChange(confirm)),
  "/two-factor/disable": post(withProtectedChange(disable)),
  "/two-factor/generate-backup-codes": post(withProtectedChange(generateRecoveryCodes)),
};

/**
 * Begins to set up an authenticator app, or turns two-step sign-in on with the account's passkeys.
 */
async function enable(request: Request, user: SignedInUser): Promise<Response> {
  const { method } = enableTwoStepInput.parse(await readJson(request));
  if (method === "totp") {
    return Response.json(await beginAuthenticatorApp(user, user.sessionId));
  }
  return turnedOn(user, await turnOnPasskeyStep(user.id, user.sessionId));
}

/** Turns two-step sign-in on with the first code of the app. */
async function confirm(request: Request, user: SignedInUser): Promise<Response> {
  const { code } = appCodeInput.parse(await readJson(request));
  const start = await findTwoStepStart(user.id);
  const check = () => confirmAuthenticatorApp(user.id, user.sessionId, code);
  return turnedOn(user, await tryCode(request, start, check));
}

// Other sessions go on: they belong to the same person, who can end them on the page for sessions.
function turnedOn(user: SignedInUser, recoveryCodes: string[]): Response {
  recordChange(user, "two-step sign-in turned on");
  return Response.json({ backupCodes: recoveryCodes });
}

/** Turns two-step sign-in off. It also succeeds if it was off. */
async function disable(request: Request, user: SignedInUser): Promise<Response> {
  await refuseBody(request);
  if (await turnOffTwoStep(user.id, user.sessionId)) {
    recordChange(user, "two-step sign-in turned off");
  }
  return Response.json({ status: true });
}

/** Replaces the recovery codes. */
async function generateRecoveryCodes(request: Request, user: SignedInUser): Promise<Response> {
  await refuseBody(request);
  const recoveryCodes = await renewRecoveryCodes(user.id, user.sessionId);
  recordChange(user, "recovery codes renewed");
  return Response.json({ backupCodes: recoveryCodes });
}
