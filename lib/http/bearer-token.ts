import "server-only";
import { AppError } from "@/lib/errors";

// Programs may know the realm, so it stays "tasks" for all resources.
const realm = "tasks";

const scheme = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(.*)$/;
const credential = /^ +([A-Za-z0-9._~+/-]+=*)$/;

/**
 * The bearer token of a request: from the `Authorization` header and nowhere else (RFC 6750,
 * section 2.1).
 *
 * @throws AppError `unauthenticated` without a header or with another scheme, `invalid_request`
 *   unless exactly one credential follows
 */
export function bearerToken(request: Request): string {
  const [, name, rest = ""] = scheme.exec(request.headers.get("authorization") ?? "") ?? [];
  if (name?.toLowerCase() !== "bearer") {
    throw new AppError("unauthenticated", "Send a token as Authorization: Bearer <token>.", {
      headers: challenge(),
    });
  }
  const [, token] = credential.exec(rest) ?? [];
  if (token === undefined) {
    throw new AppError("invalid_request", "Send exactly one token after Bearer.", {
      headers: challenge({ error: "invalid_request" }),
    });
  }
  return token;
}

/** A `WWW-Authenticate` header for an operation that takes a bearer token (RFC 6750, section 3). */
export function challenge(attributes: Record<string, string> = {}): Record<string, string> {
  const all = { realm, ...attributes };
  const text = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
  return { "WWW-Authenticate": `Bearer ${text.join(", ")}` };
}

/** The one error for a token that is not good, whatever is wrong with it. */
export function invalidToken(cause?: unknown): AppError {
  return new AppError("invalid_token", "The bearer token is not valid. Fetch a new one.", {
    headers: challenge({ error: "invalid_token" }),
    cause,
  });
}
