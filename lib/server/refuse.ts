import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/errors";
import { problemResponse } from "@/lib/http/problem";
import { requestIdOf } from "@/lib/http/request-context";
import { log } from "@/lib/log";
import type { Refusal } from "@/lib/server/screen-request";

const securityHeaders = {
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
  const headers = new Headers({ "x-request-id": String(request.headers["x-request-id"] ?? "") });
  const requestId = requestIdOf({ headers });
  const answer = asResponse(refusal, requestId);
  for (const [name, value] of [...Object.entries(securityHeaders), ...answer.headers]) {
    response.setHeader(name, value);
  }
  response.setHeader("X-Request-Id", requestId);
  response.statusCode = answer.status;
  response.end(await answer.text());
  log.info({ requestId, method: request.method, route: path, status: answer.status }, "request");
}

function asResponse(refusal: Refusal, requestId: string): Response {
  return refusal instanceof AppError
    ? problemResponse(refusal, requestId)
    : new Response(`${refusal.text}\n`, {
        status: refusal.status,
        headers: { "Content-Type": "text/plain; charset=utf-8", ...refusal.headers },
      });
}
