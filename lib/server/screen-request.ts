import "server-only";
import type { IncomingMessage } from "node:http";
import { isThisHost } from "@/lib/auth/site";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { allowOf } from "@/lib/http/api-methods";
import { parametersOf, plainPath } from "@/lib/server/request-target";

/** An answer that the server gives instead of Next: a problem under `/api`, a line of text elsewhere. */
export type Refusal = AppError | { status: number; text: string; headers?: Record<string, string> };

const methodsOfNext = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const pageMethods = ["GET", "HEAD"];
const otherHost = `This site is ${env.baseUrl}, and the request came for another host. Use that address, or set BETTER_AUTH_URL to the one people use.`;

/** Why a request does not reach Next, which would answer 500, redirect, or send a page to a program; null when it does. */
export function screenRequest(request: IncomingMessage, path: string): Refusal | null {
  const decoded = plainPath(path);
  return /^[\\/]+api([\\/]|$)/i.test(decoded ?? path)
    ? screenApi(request, path, decoded)
    : screenPage(request, path, decoded);
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
  const isTool = path.startsWith("/_next/") || path.startsWith("/__nextjs");
  if (!isTool && !pageMethods.includes(request.method ?? "")) {
    const allow = pageMethods.join(", ");
    return { status: 405, text: `Use ${allow}.`, headers: { Allow: allow } };
  }
  if (decoded === null) {
    return { status: 404, text: "There is nothing at this address." };
  }
  return isThisHost(request.headers.host ?? "") ? null : { status: 421, text: otherHost };
}
