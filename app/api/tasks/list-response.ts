import "server-only";
import { contentTag, isFresh } from "@/lib/http/conditional";
import type { TaskList } from "@/lib/tasks/schemas";

/**
 * Answers with a page of tasks, its ETag and a link to the next page (RFC 8288), or 304 where
 * `If-None-Match` says that the sender has it.
 */
export function listResponse(request: Request, page: TaskList): Response {
  const body = JSON.stringify(page);
  const headers = new Headers({ ETag: contentTag(body) });
  if (page.nextCursor !== null) {
    headers.set("Link", `<${nextAddress(request, page.nextCursor)}>; rel="next"`);
  }
  if (isFresh(request, contentTag(body))) {
    return new Response(null, { status: 304, headers });
  }
  headers.set("Content-Type", "application/json");
  return new Response(body, { headers });
}

function nextAddress(request: Request, cursor: string): string {
  const { pathname, searchParams } = new URL(request.url);
  searchParams.set("cursor", cursor);
  return `${pathname}?${searchParams}`;
}
