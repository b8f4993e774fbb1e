import "server-only";
import { AppError } from "@/lib/errors";
import { requestContext } from "@/lib/http/request-context";
import { asAppError, problemOf } from "@/lib/operations/problem";

type Answer = (request: Request) => Promise<Response>;

/** The errors of RFC 6749, section 5.2, and RFC 8628, section 3.5, that we use. */
export type OauthErrorCode =
  | "invalid_request"
  | "invalid_grant"
  | "invalid_scope"
  | "unsupported_grant_type"
  | "authorization_pending"
  | "slow_down"
  | "access_denied"
  | "expired_token"
  | "temporarily_unavailable";

/** An error of OAuth 2.0. Its description must be plain ASCII. */
export class OauthError extends Error {
  readonly error: OauthErrorCode;

  constructor(error: OauthErrorCode, description: string) {
    super(description);
    this.error = error;
  }
}

/**
 * Wraps an OAuth endpoint: its errors have the members of a problem document and those of OAuth
 * (RFC 6749, section 5.2), as `application/json`, because OAuth libraries accept no other type.
 * Failures of the server are thrown, and the boundary logs them.
 */
export function withOauthErrors(answer: Answer): Answer {
  return async (request) => {
    try {
      return await answer(request);
    } catch (thrown) {
      return oauthResponse(thrown);
    }
  };
}

function oauthResponse(thrown: unknown): Response {
  if (thrown instanceof OauthError) {
    return responseOf(thrown.error, new AppError("invalid_request", thrown.message));
  }
  const error = asAppError(thrown);
  if (error.code === "internal" || error.code === "unavailable") {
    throw error;
  }
  return responseOf(nearestOf(error), error);
}

/** The closest error of OAuth. The status and `code` beside it are exact. */
function nearestOf({ code }: AppError): OauthErrorCode {
  switch (code) {
    case "rate_limited":
      return "temporarily_unavailable";
    case "email_not_verified":
    case "conflict":
      return "access_denied";
    default:
      return "invalid_request";
  }
}

function responseOf(error: OauthErrorCode, cause: AppError): Response {
  const context = requestContext();
  context.code = cause.code;
  const problem = problemOf(cause, context.requestId);
  return Response.json(
    { error, error_description: cause.message, ...problem },
    { status: problem.status, headers: cause.headers },
  );
}
