import "server-only";
import { pageContext } from "@/lib/auth/page-context";
import { log } from "@/lib/log";

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
