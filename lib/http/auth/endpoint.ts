import "server-only";
import { refuseOtherSite } from "@/lib/auth/site";
import { methodNotAllowed } from "@/lib/errors";
import { refuseQuery } from "@/lib/http/read-query";
import { withWholeBody } from "@/lib/http/whole-body";
import type { siteMethods } from "@/lib/operations/site-methods";

type Answer = (request: Request) => Promise<Response>;

type SiteMethods = typeof siteMethods;

type AuthPath = keyof SiteMethods extends infer Path
  ? Path extends `/api/auth${infer Below}`
    ? Below
    : never
  : never;

/** An auth route: its one method, and its handler. */
type Endpoint<Method extends "GET" | "POST" = "GET" | "POST"> = {
  method: Method;
  takesQuery: boolean;
  answer: Answer;
};

/** Auth routes by their path below `/api/auth`, each with the method that is declared for it. */
export type Endpoints = {
  [Path in AuthPath]?: Endpoint<SiteMethods[`/api/auth${Path}`]>;
};

/** A route that reads, without a query. */
export function get(answer: Answer): Endpoint<"GET"> {
  return { method: "GET", takesQuery: false, answer };
}

/** A route that reads, and parses its query itself. */
export function getWithQuery(answer: Answer): Endpoint<"GET"> {
  return { method: "GET", takesQuery: true, answer };
}

/** A route that changes something. Pages of other sites cannot send it. */
export function post(answer: Answer): Endpoint<"POST"> {
  return { method: "POST", takesQuery: false, answer };
}

/**
 * Answers a request by its endpoint, after checking its method, origin and query.
 *
 * @throws AppError `method_not_allowed`, `invalid_request`, `invalid_input`
 */
export async function answerEndpoint(endpoint: Endpoint, request: Request): Promise<Response> {
  const allow = endpoint.method === "GET" ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
  if (request.method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { Allow: allow } });
  }
  const method = request.method === "HEAD" ? "GET" : request.method;
  if (method !== endpoint.method) {
    throw methodNotAllowed(request.method, allow);
  }
  if (method === "POST") {
    refuseOtherSite(request.headers);
  }
  if (!endpoint.takesQuery) {
    refuseQuery(request);
  }
  return endpoint.answer(await withWholeBody(request));
}
