import "server-only";
import { z } from "zod";
import { addPasskey, beginPasskey } from "@/lib/account/passkey-registration";
import { beginPasskeySignIn, checkPasskey } from "@/lib/account/passkey-sign-in";
import { deletePasskey, renamePasskey } from "@/lib/account/passkeys";
import { passkeyChallengeSeconds } from "@/lib/auth/passkey-challenges";
import { limitRequests } from "@/lib/auth/rate-limits";
import { deviceName, networkOf, userAgentOf } from "@/lib/auth/request-client";
import { siteCookie } from "@/lib/auth/site";
import { findTwoStepStart, secondStepDeviceCookie } from "@/lib/auth/trusted-devices";
import { AppError, invalidMembers } from "@/lib/errors";
import { logAuthEvent, recordChange } from "@/lib/http/auth/auth-events";
import { name } from "@/lib/http/auth/auth-inputs";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { authResponse, withCookies } from "@/lib/http/auth/forward-auth";
import { completeSignIn, secondStepCookie, wantsToBeRemembered } from "@/lib/http/auth/second-step";
import { type SignedInUser, withChange, withProtectedChange } from "@/lib/http/auth/with-user";
import { readJson, refuseBody } from "@/lib/http/read-json";

// A credential's id has at most 1,023 bytes (WebAuthn, section 5.1).
const idLengthMax = 1_364;
const dataLengthMax = 16_384;
const userHandleLengthMax = 86;
const passkeyIdLengthMax = 64;

const credentialId = base64Url(idLengthMax);
const binary = base64Url(dataLengthMax);

// Browsers send more members than these, and newer browsers even more. Unknown ones are dropped.
const registrationResponse = z
  .object({
    id: credentialId,
    rawId: credentialId,
    type: z.literal("public-key", 'must be "public-key"'),
    response: z.object({
      clientDataJSON: binary,
      attestationObject: binary,
      transports: z.array(z.string().max(32)).max(16).optional(),
    }),
  })
  .transform(({ response: { transports, ...response }, ...rest }) => ({
    credential: { ...rest, response, clientExtensionResults: {} },
    transports: transports ?? [],
  }));

const authenticationResponse = z
  .object({
    id: credentialId,
    rawId: credentialId,
    type: z.literal("public-key", 'must be "public-key"'),
    response: z.object({
      clientDataJSON: binary,
      authenticatorData: binary,
      signature: binary,
      userHandle: base64Url(userHandleLengthMax),
    }),
  })
  .transform((response) => ({ ...response, clientExtensionResults: {} }));

const passkeyId = z
  .string()
  .min(1)
  .max(passkeyIdLengthMax)
  .regex(/^[\w-]+$/, "must be an id");

/** The bodies of the passkey routes. */
export const addPasskeyInput = z.strictObject({
  response: registrationResponse,
  name: name.optional(),
});
export const passkeySignInInput = z.strictObject({ response: authenticationResponse });
export const renamePasskeyInput = z.strictObject({ id: passkeyId, name });
export const deletePasskeyInput = z.strictObject({ id: passkeyId });

function base64Url(lengthMax: number) {
  return z
    .string("must be text")
    .max(lengthMax, `must have at most ${lengthMax} characters`)
    .regex(/^[A-Za-z0-9_-]+$/, "must be base64url");
}

const registrationCookie = siteCookie("new_passkey", passkeyChallengeSeconds);
const signInCookie = siteCookie("passkey", passkeyChallengeSeconds);

export const passkeyEndpoints: Endpoints = {
  "/passkey/generate-register-options": post(withProtectedChange(begin)),
  "/passkey/verify-registration": post(withChange(add)),
  "/passkey/generate-authenticate-options": post(beginSignIn),
  "/passkey/verify-authentication": post(finishSignIn),
  "/passkey/update-passkey": post(withChange(rename)),
  "/passkey/delete-passkey": post(withProtectedChange(remove)),
};

/** Begins a registration: the options for the browser, and a cookie for its one answer. */
async function begin(request: Request, user: SignedInUser): Promise<Response> {
  await refuseBody(request);
  const { options, token } = await beginPasskey(user);
  return authResponse({ body: options, cookies: [registrationCookie.set(token)] });
}

/** Adds the passkey that the browser made. Without a name it is named after the device. */
async function add(request: Request, user: SignedInUser): Promise<Response> {
  const { response, name } = addPasskeyInput.parse(await readJson(request));
  const passkey = await addPasskey(user.id, user.sessionId, {
    token: registrationCookie.read(request.headers) ?? "",
    response: response.credential,
    transports: response.transports,
    name: name ?? deviceName(userAgentOf(request.headers)),
  });
  if (!passkey) {
    throw invalidMembers([
      { pointer: "/response", detail: "does not fit what was asked for. Begin again" },
    ]);
  }
  recordChange(user, "passkey added");
  return authResponse({ body: { passkey }, cookies: [registrationCookie.clear] });
}

/** Gives a passkey another name. */
async function rename(request: Request, user: SignedInUser): Promise<Response> {
  const { id, name } = renamePasskeyInput.parse(await readJson(request));
  await renamePasskey(user.id, id, name);
  return Response.json({ status: true });
}

/** Removes a passkey from the account. */
async function remove(request: Request, user: SignedInUser): Promise<Response> {
  const { id } = deletePasskeyInput.parse(await readJson(request));
  await deletePasskey(user.id, user.sessionId, id);
  recordChange(user, "passkey removed");
  return Response.json({ status: true });
}

/**
 * Begins a sign-in by passkey: options that are the same for everybody, and a cookie for the
 * answer.
 */
async function beginSignIn(request: Request): Promise<Response> {
  await limitRequests("passkey", networkOf(request.headers));
  await refuseBody(request);
  const { options, token } = await beginPasskeySignIn();
  return authResponse({ body: options, cookies: [signInCookie.set(token)] });
}

/**
 * Signs in by passkey, which is both steps in one. It also finishes a sign-in that waits for its
 * second step, and then keeps the choice of "remember me" that was made at its first.
 */
async function finishSignIn(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
  const { response } = passkeySignInInput.parse(await readJson(request));
  const use = await checkPasskey(signInCookie.read(request.headers) ?? "", response);
  if (!use) {
    logAuthEvent("sign-in failed");
    throw new AppError(
      "unauthenticated",
      "This passkey does not sign in here, or it took too long. Try again.",
    );
  }
  const { user, passkeyId } = use;
  const start = await findTwoStepStart(user.id);
  const rememberMe = wantsToBeRemembered(request.headers);
  const answer = await completeSignIn(request, user, rememberMe, {
    kind: "passkey",
    id: passkeyId,
  });
  const device = start.enabledAt ? [secondStepDeviceCookie(start)] : [];
  return withCookies(answer, [signInCookie.clear, secondStepCookie.clear, ...device]);
}
