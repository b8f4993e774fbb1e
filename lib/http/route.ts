import "server-only";
import { withDatabaseDeadline } from "@/lib/deadline";
import type { AppError } from "@/lib/errors";
import { apiPatternOf } from "@/lib/http/api-methods";
import { corsHeaders } from "@/lib/http/cors";
import { addressOf } from "@/lib/http/request-address";
import {
  type RequestContext,
  requestContext,
  requestIdOf,
  withRequestContext,
} from "@/lib/http/request-context";
import { log } from "@/lib/log";
import { asAppError, problemResponse } from "@/lib/operations/problem";

/** What Next passes beside the request. */
export type RouteParams = { params: Promise<Record<string, string | string[] | undefined>> };

export type Handler = (request: Request, context: RouteParams) => Promise<Response>;

/**
 * The boundary of every route handler: gives the request its id, its database deadline and its log
 * line, turns whatever is thrown into a problem document, and sets the headers every answer has.
 */
export function route(handler: Handler): Handler {
  return (request, params) => {
    const context: RequestContext = {
      requestId: requestIdOf(request),
      answerHeaders: corsHeaders(request),
    };
    return withRequestContext(context, async () => {
      const startedAt = performance.now();
      const response = await answer(handler, request, params);
      logAnswer(request, response, performance.now() - startedAt);
      return response;
    });
  };
}

async function answer(handler: Handler, request: Request, params: RouteParams): Promise<Response> {
  let response: Response;
  try {
    response = await withDatabaseDeadline(() => handler(request, params));
  } catch (thrown) {
    const error = asAppError(thrown);
    requestContext().code = error.code;
    logFailure(error);
    response = problemResponse(error, requestContext().requestId);
  }
  return finished(request, response);
}

function finished(request: Request, response: Response): Response {
  const { requestId, answerHeaders } = requestContext();
  const whole = request.method === "HEAD" ? withoutBody(response) : response;
  const { headers } = whole;
  headers.set("X-Request-Id", requestId);
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
  if (!headers.has("Cache-Control")) {
    headers.set("Cache-Control", "no-store");
  }
  answerHeaders.forEach((value, name) => {
    headers.append(name, value);
  });
  return whole;
}

function withoutBody({ status, headers }: Response): Response {
  return new Response(null, { status, headers });
}

function logFailure(error: AppError): void {
  const { requestId } = requestContext();
  if (error.code === "internal" || error.code === "unavailable") {
    log.error({ requestId, code: error.code, error: error.cause }, "request failed");
  }
}

function logAnswer(request: Request, response: Response, milliseconds: number): void {
  const { requestId, userId, code, heldMilliseconds } = requestContext();
  log.info(
    {
      requestId,
      userId,
      method: request.method,
      route: apiPatternOf(addressOf(request).pathname),
      status: response.status,
      code,
      milliseconds: Math.round(milliseconds - (heldMilliseconds ?? 0)),
      ...(heldMilliseconds && { heldMilliseconds: Math.round(heldMilliseconds) }),
    },
    "request",
  );
}
