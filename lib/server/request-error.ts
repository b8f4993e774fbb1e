import "server-only";
import { log } from "@/lib/log";
import { pageContext } from "@/lib/page-context";

/**
 * Logs what a page or a handler threw and nobody caught.
 *
 * @param route the file that answers, as Next names it; the address itself may hold a secret
 */
export function reportRequestError(error: unknown, route: string): void {
  const page = pageContext();
  if (page && hasCode(error) && error.code === "unavailable") {
    page.databaseIsAway = true;
  }
  log.error({ requestId: page?.requestId, userId: page?.userId, route, error }, "request failed");
}

function hasCode(error: unknown): error is { code: unknown } {
  return typeof error === "object" && error !== null && "code" in error;
}
