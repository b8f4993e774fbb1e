import "server-only";
import { createApiKey, listApiKeys, revokeApiKey } from "@/lib/account/api-keys";
import { requireVerifiedEmail } from "@/lib/auth/verified-email";
import { createApiKeyInput, deleteApiKeyInput } from "@/lib/http/auth/api-key-inputs";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { type Endpoints, get, post } from "@/lib/http/auth/endpoint";
import { recordChange } from "@/lib/http/auth/record-change";
import type { SignedInUser } from "@/lib/http/auth/signed-in-user";
import { withChange, withProtectedChange, withUser } from "@/lib/http/auth/with-user";
import { readJson } from "@/lib/http/read-json";

export const apiKeyEndpoints: Endpoints = {
  "/api-key/create": post(withProtectedChange(create)),
  "/api-key/list": get(withUser(list)),
  "/api-key/delete": post(withChange(revoke)),
};

/** Makes a key, which this answer alone shows. */
async function create(request: Request, user: SignedInUser): Promise<Response> {
  requireVerifiedEmail(user);
  const input = createApiKeyInput.parse(await readJson(request));
  const made = await createApiKey(user.id, user.sessionId, input);
  recordChange(user, "API key made");
  return Response.json(made);
}

/** The user's keys, newest first. */
async function list(_request: Request, user: SignedInUser): Promise<Response> {
  return Response.json(await listApiKeys(user.id));
}

/** Revokes a key. It asks for no recent sign-in: who finds a key leaked should not wait. */
async function revoke(request: Request, user: SignedInUser): Promise<Response> {
  const { keyId } = deleteApiKeyInput.parse(await readJson(request));
  await revokeApiKey(user.id, keyId);
  logAuthEvent("API key revoked");
  return Response.json({ status: true });
}
