import "server-only";
import { findApiKey } from "@/lib/account/api-keys";
import { requireVerifiedEmail } from "@/lib/auth/features";
import { limitRequests } from "@/lib/auth/rate-limits";
import { networkOf } from "@/lib/auth/request-client";
import { signApiKeyToken } from "@/lib/auth/server";
import { AppError } from "@/lib/errors";
import { logAuthEvent } from "@/lib/http/auth/auth-events";
import { requestContext } from "@/lib/http/request-context";

// RFC 9110 asks for a challenge with every 401. No scheme is registered for keys in a header.
const challenge = { "WWW-Authenticate": 'ApiKey realm="tasks"' };

/** A bearer token that an API key was exchanged for. */
export type KeyToken = {
  token: string;
  /** For how many seconds it is valid. */
  expiresIn: number;
  /** Space-separated. */
  scope: string;
};

/**
 * The API key of a request: from the `x-api-key` header and nowhere else.
 *
 * @throws AppError `unauthenticated` without one
 */
export function apiKeyOf(request: Request): string {
  const key = request.headers.get("x-api-key");
  if (!key) {
    throw new AppError("unauthenticated", "Send an API key as x-api-key: <key>.", {
      headers: challenge,
    });
  }
  return key;
}

/**
 * Exchanges an API key for a bearer token of its owner, with its scopes.
 *
 * @throws AppError `invalid_token` for a key that is unknown, expired or revoked; `email_not_verified`,
 *   `rate_limited`, `unavailable`
 */
export async function exchangeApiKey(request: Request, text: string): Promise<KeyToken> {
  const key = await findApiKey(text);
  if (!key) {
    logAuthEvent("API key refused");
    await limitRequests("wrongKey", networkOf(request.headers));
    throw new AppError("invalid_token", "This API key is unknown, has ended or was revoked.", {
      headers: challenge,
    });
  }
  requestContext().userId = key.userId;
  await limitRequests("keyToken", key.keyId);
  requireVerifiedEmail(key);
  return { ...(await signApiKeyToken(key)), scope: key.scopes };
}
