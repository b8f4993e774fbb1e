import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { problemOf } from "@/lib/operations/problem";
import { securityHeaders } from "@/lib/server/refuse";
import { transportHeaders } from "@/lib/server/transport-security";

type Answer = { status: string; error: AppError };

const badRequest: Answer = {
  status: "400 Bad Request",
  error: new AppError("invalid_request", "This is not an HTTP request."),
};
const answers: Record<string, Answer> = {
  HPE_HEADER_OVERFLOW: {
    status: "431 Request Header Fields Too Large",
    error: new AppError("invalid_request", "The headers are too large."),
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: "413 Content Too Large",
    error: new AppError("invalid_request", "The chunk extensions of the body are too large."),
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: "408 Request Timeout",
    error: new AppError("invalid_request", "The request took too long to arrive."),
  },
};
const noTunnels: Answer = {
  status: "405 Method Not Allowed",
  error: new AppError("method_not_allowed", "This site is not a proxy.", {
    headers: { Allow: "GET, HEAD" },
  }),
};

// A client that still sends would have its connection reset, and might lose the answer with it.
const lingerMilliseconds = 1_000;

type Exchange = { request: IncomingMessage; response: ServerResponse };
type Connection = { inFlight: Set<Exchange>; last?: Exchange; isEnding: boolean };

const connections = new WeakMap<Socket, Connection>();

/**
 * Notes an answer under way on a connection, which an answer of ours must not cut into.
 *
 * @returns whether the request counts: nothing on a connection does after bytes that are not a request
 */
export function rememberAnswer(request: IncomingMessage, response: ServerResponse): boolean {
  const connection = connectionOf(request.socket);
  if (connection.isEnding) {
    return false;
  }
  const exchange = { request, response };
  connection.last = exchange;
  connection.inFlight.add(exchange);
  response.once("close", () => connection.inFlight.delete(exchange));
  return true;
}

/**
 * Answers what Node could not read as a request, in the form of every error, and ends its connection.
 * The answers in flight on it are finished first.
 */
export function answerClientError(error: Error, socket: Socket): void {
  const code = "code" in error ? String(error.code) : "";
  endWith(socket, answers[code] ?? badRequest, code);
}

/** Answers a CONNECT, after the answers in flight. Its bytes are a tunnel's, so the connection ends. */
export function refuseTunnel({ socket }: IncomingMessage): void {
  // Node has let go of the connection, and leaves its errors to the listener.
  socket.on("error", () => socket.destroy());
  endWith(socket, noTunnels, "CONNECT");
}

function connectionOf(socket: Socket): Connection {
  const connection = connections.get(socket) ?? { inFlight: new Set(), isEnding: false };
  connections.set(socket, connection);
  return connection;
}

/** Ends a connection once: Node also reports each error that follows from the first, such as more malformed bytes. */
function endWith(socket: Socket, answer: Answer, reason: string): void {
  const connection = connectionOf(socket);
  if (!connection.isEnding) {
    connection.isEnding = true;
    endAfterAnswers(socket, connection, answer, reason);
  }
}

function endAfterAnswers(
  socket: Socket,
  connection: Connection,
  answer: Answer,
  reason: string,
): void {
  const unfinished = [...connection.inFlight].find(isToBeFinished);
  if (unfinished && !socket.destroyed) {
    unfinished.response.once("close", () => endAfterAnswers(socket, connection, answer, reason));
    return;
  }
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = crypto.randomUUID();
  socket.once("end", () => socket.destroy()).resume();
  socket.end(isAnswered(connection) ? "" : asText(answer, requestId));
  setTimeout(() => socket.destroy(), lingerMilliseconds).unref();
  log.info({ requestId, status: Number.parseInt(answer.status, 10), reason }, "request");
}

/** Whether an answer comes before ours. One that has not begun, to a request that will never be complete, does not. */
function isToBeFinished({ request, response }: Exchange): boolean {
  return request.complete || response.headersSent;
}

/** Whether the bytes that were wrong belong to a request that has its answer already. */
function isAnswered({ last }: Connection): boolean {
  return last !== undefined && !last.request.complete && last.response.headersSent;
}

function asText({ status, error }: Answer, requestId: string): string {
  const problem = { ...problemOf(error, requestId), status: Number.parseInt(status, 10) };
  const body = JSON.stringify(problem);
  const lines = Object.entries({
    "Content-Type": "application/problem+json",
    "Content-Length": Buffer.byteLength(body),
    Date: new Date().toUTCString(),
    Connection: "close",
    "X-Request-Id": requestId,
    ...error.headers,
    ...securityHeaders,
    ...transportHeaders,
  }).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status}\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}
