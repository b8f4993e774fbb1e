import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import type { ErrorCode } from "@/lib/errors";
import { processWide } from "@/lib/process-wide";

/** What is known of the request being answered, for its log line and its answer. */
export type RequestContext = {
  requestId: string;
  userId?: string;
  /** What it was refused for. */
  code?: ErrorCode;
  /** For how many milliseconds it waited for something new. */
  heldMilliseconds?: number;
  /** Headers that stand on the answer whatever it turns out to be. */
  answerHeaders: Headers;
};

const contexts = processWide("request context", () => new AsyncLocalStorage<RequestContext>());

/** Runs a request in its context. */
export function withRequestContext<Result>(
  context: RequestContext,
  work: () => Promise<Result>,
): Promise<Result> {
  return contexts.run(context, work);
}

/** The context of the request being answered. It exists inside `route` only. */
export function requestContext(): RequestContext {
  const context = contexts.getStore();
  if (!context) {
    throw new Error("There is no request here: wrap the handler in route().");
  }
  return context;
}

const requestIdForm = /^[A-Za-z0-9._-]{1,128}$/;

/** The client's own request id where it is well-formed, otherwise a new one. */
export function requestIdOf(request: { headers: Pick<Headers, "get"> }): string {
  const sent = request.headers.get("x-request-id");
  return sent !== null && requestIdForm.test(sent) ? sent : crypto.randomUUID();
}
