import "server-only";
import type { IncomingMessage } from "node:http";

/**
 * The path of a request, without its query, and brings the request into the form Next reads: a
 * target in absolute form (RFC 9112, section 3.2.2) names the host itself.
 */
export function readTarget(request: IncomingMessage): string {
  const target = request.url ?? "/";
  if (/^https?:\/\//i.test(target) && URL.canParse(target)) {
    const url = new URL(target);
    request.headers.host = url.host;
    request.url = url.pathname + url.search;
  }
  return pathOf(request.url ?? "/");
}

/**
 * The decoded path where it means one thing to everybody, otherwise null: its escapes are UTF-8
 * without U+0000, and it has no empty or dot segments, backslashes or white space that some part of
 * the server would fold away.
 */
export function plainPath(path: string): string | null {
  if (!path.startsWith("/") || /[\\\s]|\/\//.test(path)) {
    return null;
  }
  const decoded = decode(path);
  const isPlain = decoded !== null && !/\0|\/\.{1,2}(\/|$)/.test(decoded);
  return isPlain ? decoded : null;
}

/** Whether a path is one of the API's, or would be taken for one when something folds or decodes it. */
export function isUnderApi(path: string): boolean {
  return /^[\\/]+api([\\/]|$)/i.test(plainPath(path) ?? path);
}

/** The decoded names of a request's query parameters. */
export function parametersOf({ url = "" }: IncomingMessage): string[] {
  const [beforeFragment = ""] = url.split("#", 1);
  const start = beforeFragment.indexOf("?");
  return start === -1 ? [] : [...new URLSearchParams(beforeFragment.slice(start)).keys()];
}

function pathOf(target: string): string {
  return target.split(/[?#]/, 1)[0] ?? "/";
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
