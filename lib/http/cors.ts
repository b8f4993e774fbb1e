import "server-only";
import { env } from "@/lib/env";
import { isUnderOperations } from "@/lib/http/api-methods";
import { addressOf } from "@/lib/http/request-address";

const exposedHeaders =
  "ETag, Idempotency-Replayed, Link, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id";
const acceptedHeaders =
  "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id";
const preflightSeconds = "600";

/**
 * The CORS headers of an answer: for pages of a listed origin that call operations with a bearer token,
 * without credentials; none for anybody else. Follows the Fetch standard.
 */
export function corsHeaders(request: Request): Headers {
  const headers = new Headers();
  if (env.corsOrigins.length === 0 || !takesToken(request)) {
    return headers;
  }
  headers.set("Vary", "Origin");
  const origin = request.headers.get("origin");
  if (origin !== null && env.corsOrigins.includes(origin)) {
    headers.set("Access-Control-Allow-Origin", origin);
    headers.set("Access-Control-Expose-Headers", exposedHeaders);
  }
  return headers;
}

/** What a preflight request is told beyond `corsHeaders`; the origin's own header decides whether it counts. */
export function preflightHeaders(request: Request, allow: string): Record<string, string> {
  const isPreflight = request.headers.has("access-control-request-method");
  return isPreflight && takesToken(request) && env.corsOrigins.length > 0
    ? {
        "Access-Control-Allow-Methods": allow,
        "Access-Control-Allow-Headers": acceptedHeaders,
        "Access-Control-Max-Age": preflightSeconds,
      }
    : {};
}

function takesToken(request: Request): boolean {
  return isUnderOperations(addressOf(request).pathname);
}
