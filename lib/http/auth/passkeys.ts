import "server-only";
import { addPasskey, beginPasskey } from "@/lib/account/passkey-registration";
import { deletePasskey, renamePasskey } from "@/lib/account/passkeys";
import { passkeyChallengeSeconds } from "@/lib/auth/passkey-challenges";
import { siteCookie } from "@/lib/auth/site-cookie";
import { deviceName, userAgentOf } from "@/lib/auth/user-agent";
import { invalidMembers } from "@/lib/errors";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { authResponse } from "@/lib/http/auth/forward-auth";
import {
  addPasskeyInput,
  deletePasskeyInput,
  renamePasskeyInput,
} from "@/lib/http/auth/passkey-inputs";
import { beginSignIn, finishSignIn } from "@/lib/http/auth/passkey-sign-in";
import { recordChange } from "@/lib/http/auth/record-change";
import type { SignedInUser } from "@/lib/http/auth/signed-in-user";
import { withChange, withProtectedChange } from "@/lib/http/auth/with-user";
import { readJson, refuseBody } from "@/lib/http/read-json";

const cookie = siteCookie("new_passkey", passkeyChallengeSeconds);

export const passkeyEndpoints: Endpoints = {
  "/passkey/generate-register-options": post(withProtectedChange(begin)),
  "/passkey/verify-registration": post(withChange(add)),
  "/passkey/generate-authenticate-options": post(beginSignIn),
  "/passkey/verify-authentication": post(finishSignIn),
  "/passkey/update-passkey": post(withChange(rename)),
  "/passkey/delete-passkey": post(withProtectedChange(remove)),
};

/** Begins a passkey: what the browser needs to make it, and a cookie for its one answer. */
async function begin(request: Request, user: SignedInUser): Promise<Response> {
  await refuseBody(request);
  const { options, token } = await beginPasskey(user);
  return authResponse({ body: options, cookies: [cookie.set(token)] });
}

/** Adds the passkey that the browser made, named after the device where nobody named it. */
async function add(request: Request, user: SignedInUser): Promise<Response> {
  const { response, name } = addPasskeyInput.parse(await readJson(request));
  const passkey = await addPasskey(user.id, user.sessionId, {
    token: cookie.read(request.headers) ?? "",
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
  return authResponse({ body: { passkey }, cookies: [cookie.clear] });
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
