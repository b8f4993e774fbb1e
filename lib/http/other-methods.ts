import "server-only";
import { preflightHeaders } from "@/lib/http/cors";
import { methodNotAllowed } from "@/lib/http/method-not-allowed";
import { type Handler, route } from "@/lib/http/route";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

type Method = (typeof methods)[number];

/**
 * The handlers of a route for the methods it does not offer, and OPTIONS (RFC 9110, sections 9.3.7
 * and 15.5.6). HEAD is offered wherever GET is, and Next answers it with the GET handler.
 *
 * @example export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods("GET", "POST");
 */
export function otherMethods(...offered: Method[]): Record<Method | "OPTIONS" | "HEAD", Handler> {
  const allow = offered
    .flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]))
    .concat("OPTIONS")
    .join(", ");
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
  return {
    GET: refuse,
    HEAD: refuse,
    POST: refuse,
    PUT: refuse,
    PATCH: refuse,
    DELETE: refuse,
    OPTIONS: options,
  };
}
