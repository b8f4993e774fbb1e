import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type PageContext, withPageContext } from "@/lib/auth/page-context";
import { withDatabaseDeadline } from "@/lib/deadline";
import { log } from "@/lib/log";
import { idOf } from "@/lib/server/request-id";
import { routePatternOf } from "@/lib/server/route-pattern";

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
  const page: PageContext = { requestId: idOf(request), databaseIsAway: false };
  const startedAt = performance.now();
  response.setHeader("X-Request-Id", page.requestId);
  sayUnavailable(response, page);
  response.once("close", () =>
    log.info(
      {
        requestId: page.requestId,
        userId: page.userId,
        method: request.method,
        route: routePatternOf(path),
        status: response.statusCode,
        milliseconds: Math.round(performance.now() - startedAt),
      },
      "page",
    ),
  );
  void withPageContext(page, () => withDatabaseDeadline(async () => serve()));
  return true;
}

function sayUnavailable(response: ServerResponse, page: PageContext): void {
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
