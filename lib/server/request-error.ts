import "server-only";
import { log } from "@/lib/log";
import { noteDatabaseIsAway } from "@/lib/server/page-request";

/** Logs what a page or a handler threw and nobody caught. */
export function reportRequestError(error: unknown, path: string, route: string): void {
  if (hasCode(error) && error.code === "unavailable") {
    noteDatabaseIsAway();
  }
  log.error({ route, path: path.split("?", 1)[0], error }, "request failed");
}

function hasCode(error: unknown): error is { code: unknown } {
  return typeof error === "object" && error !== null && "code" in error;
}
