import "server-only";
import { whenSessionsEnd } from "@/lib/auth/liveness";
import { AppError } from "@/lib/errors";
import { bearerToken, challenge } from "@/lib/http/bearer-token";
import { operationResponse } from "@/lib/http/operation-response";
import { limitApiRequests } from "@/lib/http/rate-limit";
import { readInput } from "@/lib/http/read-input";
import { requestContext } from "@/lib/http/request-context";
import { type Handler, route } from "@/lib/http/route";
import { assertAlive, verifyToken } from "@/lib/http/verify-token";
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
    const token = await verifyToken(bearerToken(request));
    const { caller, endsAt } = token;
    requestContext().userId = caller.userId;
    limitApiRequests(caller.userId);
    if (!caller.scopes.includes(operation.scope)) {
      throw insufficientScope(operation.scope);
    }
    const body = await wholeBody(request, operation.body?.bytesMax);
    if (request.body !== null) {
      // Whatever the token stands on may have ended while the body was on its way.
      await assertAlive(token);
    }
    const patience = {
      signal: request.signal,
      tokenEndsAt: endsAt,
      assertAlive: () => assertAlive(token),
      whenSessionsEnd,
      noteHeld,
    };
    const input = readInput(operation, { request, caller, params: await params, body, patience });
    limitApiRequests(caller.userId, requestsBeyondOne(operation, input));
    return operationResponse(operation, request, await handler(input));
  });
}

function noteHeld(milliseconds: number): void {
  const context = requestContext();
  context.heldMilliseconds = (context.heldMilliseconds ?? 0) + milliseconds;
}

function requestsBeyondOne({ requests }: Operation, input: object): number {
  const body = "body" in input ? input.body : undefined;
  return requests && hasChanges(body) ? requests(body) - 1 : 0;
}

function hasChanges(body: unknown): body is { changes: unknown[] } {
  return typeof body === "object" && body !== null && "changes" in body;
}

function insufficientScope(scope: Scope): AppError {
  return new AppError("insufficient_scope", `The token lacks the scope ${scope}.`, {
    headers: challenge({ error: "insufficient_scope", scope }),
  });
}
