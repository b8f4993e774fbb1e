import "server-only";
import { AppError } from "@/lib/errors";

// Programs may know the realm, so it stays "tasks" for all resources.
const realm = "tasks";

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
