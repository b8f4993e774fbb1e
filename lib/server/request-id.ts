import "server-only";
import type { IncomingMessage } from "node:http";
import { requestIdOf } from "@/lib/http/request-context";

/** The id of a request that reaches no route handler: the client's own, or a new one. */
export function idOf({ headers }: IncomingMessage): string {
  const sent = headers["x-request-id"];
  return requestIdOf({ headers: { get: () => (typeof sent === "string" ? sent : null) } });
}
