import { http } from "msw";
import type { SetupServer } from "msw/node";
import { beforeEach } from "vitest";
import { answerBrowser } from "@/tests/support/answer-browser";
import { type CookieJar, createCookieJar } from "@/tests/support/cookies";
import { serveRoutes } from "@/tests/support/serve-routes";

/** The browser of a visitor, in tests of components. */
export type VisitorBrowser = {
  /** What answers the components: the real handlers, unless a test puts another before them. */
  readonly server: SetupServer;
  /** The names of the cookies that it has by now. */
  cookies: () => string[];
};

/** Gives a test file a database, and each of its tests a browser without cookies, which keeps those it gets. */
export function visitorBrowser(): VisitorBrowser {
  let jar: CookieJar = createCookieJar();
  const server = serveRoutes(
    http.all("*/api/*", async ({ request }) => {
      const response = await answerBrowser(request, jar.headers().Cookie ?? "");
      jar.keep(response);
      return response;
    }),
  );

  beforeEach(() => {
    jar = createCookieJar();
  });

  return { server, cookies: () => jar.names() };
}
