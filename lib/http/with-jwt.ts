import "server-only";
import type { Scope } from "@/lib/auth/scopes";
import { AppError } from "@/lib/errors";
import { bearerToken } from "@/lib/http/bearer-token";
import { challenge } from "@/lib/http/challenge";
import { limitTaskRequests } from "@/lib/http/rate-limit";
import { requestContext } from "@/lib/http/request-context";
import { type Handler, type RouteParams, route } from "@/lib/http/route";
import { verifyToken } from "@/lib/http/verify-token";
import { withWholeBody } from "@/lib/http/whole-body";

type UserHandler = (
  request: Request,
  user: { userId: string; params: RouteParams["params"] },
) => Promise<Response>;

/**
 * The guard of the task API: a route handler for requests with a good bearer token that has the
 * scope. The handler gets the token's user and what Next passes as `params`. Cookies do not count.
 *
 * @throws AppError `unauthenticated`, `invalid_request`, `invalid_token`, `token_expired`,
 *   `insufficient_scope`, `rate_limited`, `unavailable`; answered as problem documents
 */
export function withJwt(scope: Scope, handler: UserHandler): Handler {
  return route(async (request, { params }) => {
    const token = bearerToken(request);
    const { userId, scopes } = await verifyToken(token);
    requestContext().userId = userId;
    limitTaskRequests(userId);
    if (!scopes.includes(scope)) {
      throw insufficientScope(scope);
    }
    const whole = await withWholeBody(request);
    if (whole.body !== null) {
      // Whatever the token stands on may have ended while the body was on its way.
      await verifyToken(token);
    }
    return handler(whole, { userId, params });
  });
}

function insufficientScope(scope: Scope): AppError {
  return new AppError("insufficient_scope", `The token lacks the scope ${scope}.`, {
    headers: challenge({ error: "insufficient_scope", scope }),
  });
}
