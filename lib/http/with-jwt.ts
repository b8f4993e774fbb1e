import "server-only";
import { AppError } from "@/lib/errors";
import { bearerToken, challenge } from "@/lib/http/bearer-token";
import { operationResponse } from "@/lib/http/operation-response";
import { limitApiRequests } from "@/lib/http/rate-limit";
import { readInput } from "@/lib/http/read-input";
import { requestContext } from "@/lib/http/request-context";
import { type Handler, route } from "@/lib/http/route";
import { verifyToken } from "@/lib/http/verify-token";
import { wholeBody } from "@/lib/http/whole-body";
import type { Operation, OperationInput, OperationResult } from "@/lib/operations/operation";
import type { Scope } from "@/lib/operations/scopes";

/**
 * The route handler of an operation: guards it, parses the request by its declaration, and answers
 * with what `handler` gives back. Only a good bearer token with the operation's scope is let in;
 * cookies do not count.
 *
 * @param handler is given the caller and what was parsed; what it throws is answered as a problem
 * @throws AppError `unauthenticated`, `invalid_request`, `invalid_token`, `token_expired`,
 *   `insufficient_scope`, `rate_limited`, `unavailable`, and what `readInput` throws; answered as
 *   problem documents
 */
export function withJwt<const Declared extends Operation>(
  operation: Declared,
  handler: (input: OperationInput<Declared>) => Promise<OperationResult<Declared>>,
): Handler {
  return route(async (request, { params }) => {
    const token = bearerToken(request);
    const caller = await verifyToken(token);
    requestContext().userId = caller.userId;
    limitApiRequests(caller.userId);
    if (!caller.scopes.includes(operation.scope)) {
      throw insufficientScope(operation.scope);
    }
    const body = await wholeBody(request, operation.body?.bytesMax);
    if (request.body !== null) {
      // Whatever the token stands on may have ended while the body was on its way.
      await verifyToken(token);
    }
    const input = readInput(operation, { request, caller, params: await params, body });
    return operationResponse(operation, request, await handler(input));
  });
}

function insufficientScope(scope: Scope): AppError {
  return new AppError("insufficient_scope", `The token lacks the scope ${scope}.`, {
    headers: challenge({ error: "insufficient_scope", scope }),
  });
}
