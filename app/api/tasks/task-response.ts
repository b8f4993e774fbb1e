import "server-only";
import { isFresh, versionTag } from "@/lib/http/conditional";
import type { Task } from "@/lib/tasks/schemas";

/** Answers with a task and its ETag. */
export function taskResponse(task: Task, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  headers.set("ETag", versionTag(task.version));
  return Response.json(task, { ...init, headers });
}

/** The same for a GET: 304 without a body where `If-None-Match` says that the sender has it. */
export function taskReadResponse(request: Request, task: Task): Response {
  const tag = versionTag(task.version);
  return isFresh(request, tag)
    ? new Response(null, { status: 304, headers: { ETag: tag } })
    : taskResponse(task);
}
