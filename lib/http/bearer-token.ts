import "server-only";
import { AppError } from "@/lib/errors";
import { challenge } from "@/lib/http/challenge";

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
