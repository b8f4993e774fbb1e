import "server-only";
import { AppError } from "@/lib/errors";
import { requestContext } from "@/lib/http/request-context";
import { asAppError, problemOf } from "@/lib/operations/problem";

type Answer = (request: Request) => Promise<Response>;

/** The errors of RFC 6749, section 5.2, and RFC 8628, section 3.5, that we answer with. */
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

/** An error that a client of OAuth 2.0 knows by its `error`. Its description is plain ASCII. */
export class OauthError extends Error {
  readonly error: OauthErrorCode;

  constructor(error: OauthErrorCode, description: string) {
    super(description);
    this.error = error;
  }
}

/**
 * The answer of an OAuth endpoint: its errors carry the members of a problem document and those of
 * OAuth (RFC 6749, section 5.2), as `application/json`, because OAuth libraries take no other type.
 * Failures of ours are left to the boundary, which logs them.
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

/** OAuth has no words for our other errors. The status and `code` beside it say it exactly. */
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
