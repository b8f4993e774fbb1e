import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, ServerResponse } from "node:http";
import { withDatabaseDeadline } from "@/lib/deadline";
import { log } from "@/lib/log";
import { idOf } from "@/lib/server/request-id";

type Page = { databaseIsAway: boolean };

const pages = new AsyncLocalStorage<Page>();
const retryAfterSeconds = "2";

/**
 * Serves a page under one database deadline and with its log line. Next answers 500 for whatever a
 * page throws; where the database was away, that becomes a 503 that says when to come back.
 */
export function servePage(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  serve: () => boolean,
): boolean {
  const page: Page = { databaseIsAway: false };
  const startedAt = performance.now();
  const requestId = idOf(request);
  response.setHeader("X-Request-Id", requestId);
  sayUnavailable(response, page);
  response.once("close", () =>
    log.info(
      {
        requestId,
        method: request.method,
        route: path,
        status: response.statusCode,
        milliseconds: Math.round(performance.now() - startedAt),
      },
      "page",
    ),
  );
  void pages.run(page, () => withDatabaseDeadline(async () => serve()));
  return true;
}

/** Notes that the page being served met a database that is away. */
export function noteDatabaseIsAway(): void {
  const page = pages.getStore();
  if (page) {
    page.databaseIsAway = true;
  }
}

function sayUnavailable(response: ServerResponse, page: Page): void {
  response.writeHead = new Proxy(response.writeHead, {
    apply(writeHead, self: ServerResponse, [status, ...rest]) {
      if (status !== 500 || !page.databaseIsAway) {
        return Reflect.apply(writeHead, self, [status, ...rest]);
      }
      self.statusCode = 503;
      self.setHeader("Retry-After", retryAfterSeconds);
      return Reflect.apply(writeHead, self, [503, ...rest]);
    },
  });
}
