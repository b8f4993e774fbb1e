import "server-only";
import { IncomingMessage, Server, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { processWide } from "@/lib/process-wide";
import { answerClientError, refuseTunnel, rememberAnswer } from "@/lib/server/client-error";
import { joinAuthorization, setTrueClient } from "@/lib/server/client-headers";
import { servePage } from "@/lib/server/page-request";
import { refuse } from "@/lib/server/refuse";
import { readTarget } from "@/lib/server/request-target";
import { screenRequest } from "@/lib/server/screen-request";
import { isEnding, rememberServer } from "@/lib/server/shutdown";
import { transportHeaders } from "@/lib/server/transport-security";

const screening = processWide("screening of requests", () => ({ isOn: false }));

/**
 * Stands between Node's HTTP server and Next for every request of this process. Next makes the
 * server itself and shows a handler neither the socket nor the raw path, so this is the one place
 * where both are known: it sees the `request` event before Next does. What is not even a request
 * comes as a `clientError`, and CONNECT as an event of its own; Next leaves both to Node, which
 * answers barely or not at all.
 */
export function screenHttpRequests(): void {
  if (screening.isOn) {
    return;
  }
  screening.isOn = true;
  const emit = Server.prototype.emit;
  Server.prototype.emit = function emitScreened(
    this: Server,
    event: string,
    ...details: unknown[]
  ) {
    const [first, second] = details;
    const pass = () => Reflect.apply(emit, this, [event, ...details]);
    if (event === "clientError" && first instanceof Error && second instanceof Socket) {
      answerClientError(first, second);
      return true;
    }
    if (event === "connect" && first instanceof IncomingMessage) {
      refuseTunnel(first);
      return true;
    }
    if (
      event === "request" &&
      first instanceof IncomingMessage &&
      second instanceof ServerResponse
    ) {
      rememberServer(this);
      return answer(first, second, pass);
    }
    return pass();
  };
}

function answer(request: IncomingMessage, response: ServerResponse, pass: () => boolean): boolean {
  if (!rememberAnswer(request, response)) {
    return true;
  }
  response.setHeaders(new Headers(transportHeaders));
  const path = readTarget(request);
  setTrueClient(request);
  joinAuthorization(request);
  if (isEnding()) {
    response.setHeader("Connection", "close");
  }
  const refusal = screenRequest(request, path);
  if (refusal) {
    void refuse(request, response, path, refusal);
    return true;
  }
  if (/^\/api(\/|$)/.test(path)) {
    dropNextHeaders(request);
    return pass();
  }
  return /^\/_next(\/|$)/.test(path) ? pass() : servePage(request, response, path, pass);
}

const ofNext =
  /^(rsc|next-(router-state-tree|router-prefetch|router-segment-prefetch|url|action)|x-(middleware|nextjs)-.*)$/;

/** Takes the headers by which Next's pages talk to Next out of a request: an API has no use for them. */
function dropNextHeaders({ headers }: IncomingMessage): void {
  for (const name of Object.keys(headers)) {
    if (ofNext.test(name)) {
      delete headers[name];
    }
  }
}
