import { http } from "msw";
import { answer } from "@/tests/support/api";
import { cookieFor, type SignedIn } from "@/tests/support/users";

/**
 * As `wire`, with the cookie of whoever is signed in at the time of the request, which happy-dom
 * does not send by itself.
 */
export function signedInWire(person: () => SignedIn) {
  return http.all("*/api/*", async ({ request }) => {
    const headers = new Headers(request.headers);
    headers.set("cookie", cookieFor(person()));
    headers.set("origin", "http://localhost:3000");
    headers.set("x-forwarded-for", "127.0.0.1");
    const body = request.method === "GET" ? null : await request.text();
    const sent = new Request(request.url, { method: request.method, headers, body });
    const response = await answer(sent);
    // happy-dom's Headers lose it from an answer that sets cookies.
    if (!response.headers.has("content-type")) {
      response.headers.set("content-type", "application/json");
    }
    return response;
  });
}
