import "server-only";
import { createApiKey } from "@/lib/account/create-api-key";
import { listApiKeys } from "@/lib/account/list-api-keys";
import { revokeApiKey } from "@/lib/account/revoke-api-key";
import { tellOfChange } from "@/lib/account/tell-of-change";
import { limitRequests } from "@/lib/auth/limits";
import { requireVerifiedEmail } from "@/lib/auth/verified-email";
import { createApiKeyInput, deleteApiKeyInput } from "@/lib/http/auth/api-key-inputs";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { type Endpoints, get, post } from "@/lib/http/auth/endpoint";
import { recentlySignedInUser, signedInUser } from "@/lib/http/auth/signed-in-user";
import { readJson } from "@/lib/http/read-json";

export const apiKeyEndpoints: Endpoints = {
  "/api-key/create": post(create),
  "/api-key/list": get(list),
  "/api-key/delete": post(revoke),
};

/** Makes a key, which this answer alone shows. */
async function create(request: Request): Promise<Response> {
  const user = await recentlySignedInUser(request);
  requireVerifiedEmail(user);
  const input = createApiKeyInput.parse(await readJson(request));
  await limitRequests("change", user.id);
  const made = await createApiKey(user.id, user.sessionId, input);
  logAuthEvent("API key made");
  tellOfChange(user, "API key made");
  return Response.json(made);
}

/** The user's keys, newest first. */
async function list(request: Request): Promise<Response> {
  const user = await signedInUser(request);
  return Response.json(await listApiKeys(user.id));
}

/** Revokes a key. It asks for no recent sign-in: who finds a key leaked should not wait. */
async function revoke(request: Request): Promise<Response> {
  const user = await signedInUser(request);
  const { keyId } = deleteApiKeyInput.parse(await readJson(request));
  await limitRequests("change", user.id);
  await revokeApiKey(user.id, keyId);
  logAuthEvent("API key revoked");
  return Response.json({ status: true });
}
