import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { problemOf, problemResponse } from "@/lib/operations/problem";
import { idOf } from "@/lib/server/request-id";
import { isUnderApi } from "@/lib/server/request-target";
import { routePatternOf } from "@/lib/server/route-pattern";

/**
 * An answer that the server gives instead of Next: a problem under `/api` (of the code
 * `invalid_request`, where there is only a status), a line of text elsewhere.
 */
export type Refusal = AppError | { status: number; text: string; headers?: Record<string, string> };

/** The security headers of an answer that the server gives itself. */
export const securityHeaders = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** Answers a refused request, with the headers and the log line that every answer has. */
export async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  refusal: Refusal,
): Promise<void> {
  const startedAt = performance.now();
  const requestId = idOf(request);
  const answer = asResponse(refusal, path, requestId);
  for (const [name, value] of [...Object.entries(securityHeaders), ...answer.headers]) {
    response.setHeader(name, value);
  }
  response.setHeader("X-Request-Id", requestId);
  response.statusCode = answer.status;
  response.end(await answer.text());
  log.info(
    {
      requestId,
      method: request.method,
      route: routePatternOf(path),
      status: answer.status,
      ...(refusal instanceof AppError && { code: refusal.code }),
      milliseconds: Math.round(performance.now() - startedAt),
    },
    "request",
  );
}

function asResponse(refusal: Refusal, path: string, requestId: string): Response {
  if (refusal instanceof AppError) {
    return problemResponse(refusal, requestId);
  }
  const { status, text, headers } = refusal;
  const problem = () => problemOf(new AppError("invalid_request", text), requestId);
  const [type, body] = isUnderApi(path)
    ? ["application/problem+json", JSON.stringify({ ...problem(), status })]
    : ["text/plain; charset=utf-8", `${text}\n`];
  return new Response(body, { status, headers: { "Content-Type": type, ...headers } });
}
