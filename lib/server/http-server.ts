import "server-only";
import { IncomingMessage, Server, ServerResponse } from "node:http";
import { processWide } from "@/lib/process-wide";
import { joinAuthorization, setTrueClient } from "@/lib/server/client-headers";
import { servePage } from "@/lib/server/page-request";
import { refuse } from "@/lib/server/refuse";
import { readTarget } from "@/lib/server/request-target";
import { screenRequest } from "@/lib/server/screen-request";
import { isEnding, rememberServer } from "@/lib/server/shutdown";

const screening = processWide("screening of requests", () => ({ isOn: false }));

/**
 * Stands between Node's HTTP server and Next for every request of this process. Next makes the
 * server itself and shows a handler neither the socket nor the raw path, so this is the one place
 * where both are known: it sees the `request` event before Next does.
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
    const [request, response] = details;
    const pass = () => Reflect.apply(emit, this, [event, ...details]);
    if (
      event !== "request" ||
      !(request instanceof IncomingMessage) ||
      !(response instanceof ServerResponse)
    ) {
      return pass();
    }
    rememberServer(this);
    return answer(request, response, pass);
  };
}

function answer(request: IncomingMessage, response: ServerResponse, pass: () => boolean): boolean {
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
  const isPage = !/^\/(api|_next)(\/|$)/.test(path);
  return isPage ? servePage(request, response, path, pass) : pass();
}
