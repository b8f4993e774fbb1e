import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "@/lib/process-wide";

/** What is known of the page being served, for its log line and its answer. */
export type PageContext = { requestId: string; userId?: string; databaseIsAway: boolean };

const contexts = processWide("page context", () => new AsyncLocalStorage<PageContext>());

/** Serves a page in its context. */
export function withPageContext<Result>(context: PageContext, serve: () => Result): Result {
  return contexts.run(context, serve);
}

/** The context of the page being served; undefined outside a page, and where the server is not ours. */
export function pageContext(): PageContext | undefined {
  return contexts.getStore();
}

/** Notes whom the page being served is for. */
export function notePageUser(userId: string): void {
  const context = pageContext();
  if (context) {
    context.userId = userId;
  }
}
