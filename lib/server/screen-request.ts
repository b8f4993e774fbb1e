import "server-only";
import type { IncomingMessage } from "node:http";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { plainPath } from "@/lib/server/request-target";
import { isForThisSite } from "@/lib/server/site-host";

/** An answer that the server gives instead of Next: a problem under `/api`, a line of text elsewhere. */
export type Refusal = AppError | { status: number; text: string; headers?: Record<string, string> };

const apiMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
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
  if (!apiMethods.includes(request.method ?? "")) {
    const allow = apiMethods.join(", ");
    return new AppError("method_not_allowed", `The method is not offered here. Use ${allow}.`, {
      headers: { Allow: allow },
    });
  }
  if (decoded === null || !/^\/api(\/.*[^/])?$/.test(path)) {
    return new AppError("not_found", "There is nothing at this address.");
  }
  return null;
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
  return isForThisSite(request) ? null : { status: 421, text: otherHost };
}
