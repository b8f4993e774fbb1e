import "server-only";
import type { IncomingMessage } from "node:http";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state";
import { isThisHost } from "@/lib/auth/site";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { allowOf } from "@/lib/http/api-methods";
import type { Refusal } from "@/lib/server/refuse";
import { isUnderApi, parametersOf, plainPath } from "@/lib/server/request-target";
import { isStaticFile, screenStaticFile } from "@/lib/server/static-file";

const methodsOfNext = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const pageMethods = ["GET", "HEAD"];
const nothingHere = { status: 404, text: "There is nothing at this address." };
const otherHost = `This site is ${env.baseUrl}, and the request came for another host. Use that address, or set BETTER_AUTH_URL to the one people use.`;

/** Why a request does not reach Next, which would answer 500, redirect, or send a page to a program; null when it does. */
export function screenRequest(request: IncomingMessage, path: string): Refusal | null {
  const fault = faultOfHead(request);
  if (fault) {
    return fault;
  }
  const decoded = plainPath(path);
  return isUnderApi(path) ? screenApi(request, path, decoded) : screenPage(request, path, decoded);
}

/**
 * What HTTP itself demands of every request, which Node would answer with nothing but a status, or
 * not at all: one well-formed Host (RFC 9112, section 3.2) and no expectation but `100-continue`
 * (RFC 9110, section 10.1.1).
 */
function faultOfHead(request: IncomingMessage): Refusal | null {
  const [host, ...otherHosts] = request.headersDistinct.host ?? [];
  if (otherHosts.length > 0) {
    return { status: 400, text: "The request has more than one Host." };
  }
  if (host === undefined && request.httpVersion !== "1.0") {
    return { status: 400, text: "The request has no Host." };
  }
  if (!/^(\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(:\d*)?$/i.test(host ?? "")) {
    return { status: 400, text: "The Host of the request is not well-formed." };
  }
  const { expect } = request.headers;
  return expect === undefined || /^100-continue$/i.test(expect) || request.httpVersion === "1.0"
    ? null
    : { status: 417, text: "The only expectation that this site meets is 100-continue." };
}

function screenApi(request: IncomingMessage, path: string, decoded: string | null): Refusal | null {
  const allow = allowOf(path);
  const isUnknown = !methodsOfNext.includes(request.method ?? "");
  if (decoded === null || !/^\/api(\/.*[^/])?$/.test(path) || (isUnknown && !allow)) {
    return new AppError("not_found", "There is nothing at this address.");
  }
  if (isUnknown && allow) {
    return new AppError("method_not_allowed", `The method is not offered here. Use ${allow}.`, {
      headers: { Allow: allow },
    });
  }
  const takesAnyQuery = path.startsWith("/api/health/");
  return allow && !takesAnyQuery ? screenParameters(request) : null;
}

/** Next keeps some parameters for itself and would not let a route see them, to refuse them. */
function screenParameters(request: IncomingMessage): AppError | null {
  const names = parametersOf(request).filter((name) =>
    /^(__proto__$|nextInternalLocale$|nxt[PI])/.test(name),
  );
  const errors = [...new Set(names)].map((name) => ({
    pointer: `?${name}`,
    detail: "is not a member of this request",
  }));
  return errors.length > 0
    ? new AppError("invalid_input", "Some query parameters are not valid. See errors.", { errors })
    : null;
}

function screenPage(
  request: IncomingMessage,
  path: string,
  decoded: string | null,
): Refusal | null {
  const isTool = !env.isProduction && /^\/_(next\/|_nextjs)/.test(path);
  if (!isTool && !pageMethods.includes(request.method ?? "")) {
    const allow = pageMethods.join(", ");
    return { status: 405, text: `Use ${allow}.`, headers: { Allow: allow } };
  }
  if (decoded === null || (!isTool && isInternal(decoded))) {
    return nothingHere;
  }
  if (!isThisHost(request.headers.host ?? "")) {
    return { status: 421, text: otherHost };
  }
  return screenRouterState(request) ?? screenStaticFile(request, decoded);
}

/**
 * Whether only Next itself has a use for a path. It would answer some of them with 500, such as its
 * page for errors. In production all that it has for others under such a name are files.
 */
function isInternal(decoded: string): boolean {
  return decoded.startsWith("/_") && !isStaticFile(decoded);
}

/** Next answers 500 to a router state that it cannot parse, so its parser is asked first. */
function screenRouterState({ headers }: IncomingMessage): Refusal | null {
  try {
    parseAndValidateFlightRouterState(headers["next-router-state-tree"]);
    return null;
  } catch {
    return { status: 400, text: "The header Next-Router-State-Tree is not well-formed." };
  }
}
