import "server-only";
import { AppError } from "@/lib/errors";

/** A `WWW-Authenticate` header for the task API (RFC 6750, section 3). */
export function challenge(attributes: Record<string, string> = {}): Record<string, string> {
  const all = { realm: "tasks", ...attributes };
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
