import "server-only";
import { z } from "zod";
import { createApiKey, listApiKeys, revokeApiKey } from "@/lib/account/api-keys";
import { apiKeyLives } from "@/lib/account/limits";
import { requireVerifiedEmail } from "@/lib/auth/features";
import { logAuthEvent, recordChange } from "@/lib/http/auth/auth-events";
import { name, text } from "@/lib/http/auth/auth-inputs";
import { type Endpoints, get, post } from "@/lib/http/auth/endpoint";
import {
  type SignedInUser,
  withChange,
  withProtectedChange,
  withUser,
} from "@/lib/http/auth/with-user";
import { readJson } from "@/lib/http/read-json";
import { scopes } from "@/lib/operations/scopes";

const lives = Object.values(apiKeyLives);

export const createApiKeyInput = z.strictObject({
  name,
  scopes: z
    .array(z.enum(scopes, `must be one of ${scopes.join(", ")}`), "must be a list of scopes")
    .min(1, "must have at least one scope")
    .refine((list) => new Set(list).size === list.length, "must not have a scope twice"),
  expiresIn: z.literal(
    [...lives, null],
    `must be one of ${lives.join(", ")} seconds, or null for a key that never ends`,
  ),
});

export const deleteApiKeyInput = z.strictObject({ keyId: text });

export const apiKeyEndpoints: Endpoints = {
  "/api-key/create": post(withProtectedChange(create)),
  "/api-key/list": get(withUser(list)),
  "/api-key/delete": post(withChange(revoke)),
};

/** Makes a key, whose text is shown only in this answer. */
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

/** Revokes a key. It needs no recent sign-in, so that a leaked key can be revoked without delay. */
async function revoke(request: Request, user: SignedInUser): Promise<Response> {
  const { keyId } = deleteApiKeyInput.parse(await readJson(request));
  await revokeApiKey(user.id, keyId);
  logAuthEvent("API key revoked");
  return Response.json({ status: true });
}
