import { configure } from "@testing-library/react";
import type { RequestHandler } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { openTestDatabase } from "@/tests/support/database";
import { apiRoutes } from "@/tests/support/routes";
import { serverRequest, serverResponse } from "@/tests/support/server-fetch";

// Real handlers and a real database answer, on machines that may be busy.
configure({ asyncUtilTimeout: 15_000 });

/**
 * Gives a file of component tests a database, and the real route handlers behind a wire.
 *
 * @returns the server, so that a test can put another handler before them
 */
export function serveRoutes(wire: RequestHandler): ReturnType<typeof setupServer> {
  const server = setupServer(wire);
  let closeDatabase = async () => {};

  beforeAll(async () => {
    vi.stubGlobal("Request", serverRequest(Request));
    vi.stubGlobal("Response", serverResponse(Response));
    closeDatabase = await openTestDatabase();
    // Read before the first request: a component waits only so long for its answer.
    await Promise.all(apiRoutes().map(({ load }) => load()));
    server.listen({ onUnhandledRequest: "error" });
  });
  afterEach(() => server.resetHandlers());
  afterAll(async () => {
    server.close();
    vi.unstubAllGlobals();
    await closeDatabase();
  });

  return server;
}
