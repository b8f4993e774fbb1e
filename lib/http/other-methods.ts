import "server-only";
import { methodNotAllowed } from "@/lib/errors";
import { type ApiPath, apiMethods, type OfferedMethod } from "@/lib/http/api-methods";
import { preflightHeaders } from "@/lib/http/cors";
import { type Handler, route } from "@/lib/http/route";
import type { Method } from "@/lib/operations/request-lines";

type Answered<Path extends ApiPath> =
  | OfferedMethod<Path>
  | ("GET" extends OfferedMethod<Path> ? "HEAD" : never);

type Refused<Path extends ApiPath> = Exclude<Method | "HEAD", Answered<Path>> | "OPTIONS";

/**
 * The handlers of a path for the methods that no operation offers there, and OPTIONS (RFC 9110,
 * sections 9.3.7 and 15.5.6). HEAD is offered wherever GET is, and Next answers it with the GET handler.
 *
 * @example export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods("/api/tasks");
 */
export function otherMethods<Path extends ApiPath>(path: Path): Record<Refused<Path>, Handler> {
  const allow = apiMethods[path] ?? "";
  const refuse = route(async (request) => {
    throw methodNotAllowed(request.method, allow);
  });
  const options = route(
    async (request) =>
      new Response(null, {
        status: 204,
        headers: { Allow: allow, ...preflightHeaders(request, allow) },
      }),
  );
  const all: Record<Method | "HEAD" | "OPTIONS", Handler> = {
    GET: refuse,
    HEAD: refuse,
    POST: refuse,
    PUT: refuse,
    PATCH: refuse,
    DELETE: refuse,
    OPTIONS: options,
  };
  return all;
}
