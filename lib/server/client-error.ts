import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { errorTable } from "@/lib/errors";
import { log } from "@/lib/log";
import { securityHeaders } from "@/lib/server/refuse";
import { transportHeaders } from "@/lib/server/transport-security";

type Answer = { status: string; detail: string };

const badRequest: Answer = { status: "400 Bad Request", detail: "This is not an HTTP request." };
const answers: Record<string, Answer> = {
  HPE_HEADER_OVERFLOW: {
    status: "431 Request Header Fields Too Large",
    detail: "The headers are too large.",
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: "413 Content Too Large",
    detail: "The chunk extensions of the body are too large.",
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: "408 Request Timeout",
    detail: "The request took too long to arrive.",
  },
};

const inFlight = new WeakMap<Socket, Set<ServerResponse>>();

/** Notes the answers under way on a connection, which an answer of ours must not cut into. */
export function rememberAnswer({ socket }: IncomingMessage, response: ServerResponse): void {
  const responses = inFlight.get(socket) ?? new Set();
  inFlight.set(socket, responses.add(response));
  response.once("close", () => responses.delete(response));
}

/** Answers what Node could not read as a request, in the form of every error, and ends its connection. */
export function answerClientError(error: Error, socket: Socket): void {
  const hasBegun = [...(inFlight.get(socket) ?? [])].some((response) => response.headersSent);
  if (!socket.writable || hasBegun) {
    socket.destroy();
    return;
  }
  const code = "code" in error ? String(error.code) : "";
  const requestId = crypto.randomUUID();
  const answer = answers[code] ?? badRequest;
  socket.end(asText(answer, requestId), () => socket.destroy());
  log.info({ requestId, status: Number.parseInt(answer.status, 10), reason: code }, "request");
}

function asText({ status, detail }: Answer, requestId: string): string {
  const body = JSON.stringify({
    type: "/docs/errors#invalid_request",
    title: errorTable.invalid_request.title,
    status: Number.parseInt(status, 10),
    detail,
    code: "invalid_request",
    requestId,
  });
  const headers = {
    "Content-Type": "application/problem+json",
    "Content-Length": Buffer.byteLength(body),
    Date: new Date().toUTCString(),
    Connection: "close",
    "X-Request-Id": requestId,
    ...securityHeaders,
    ...transportHeaders,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status}\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}
