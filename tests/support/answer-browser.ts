import { answer } from "@/tests/support/api";

/**
 * Answers a component's request by the real route handler, with what a browser of this site sends
 * and happy-dom does not: its cookies, its origin and its address.
 *
 * @param cookies the `Cookie` header, "" for none
 */
export async function answerBrowser(request: Request, cookies: string): Promise<Response> {
  const headers = new Headers(request.headers);
  if (cookies !== "") {
    headers.set("cookie", cookies);
  }
  headers.set("origin", "http://localhost:3000");
  headers.set("x-forwarded-for", "127.0.0.1");
  const body = request.method === "GET" ? null : await request.text();
  const response = await answer(
    new Request(request.url, { method: request.method, headers, body }),
  );
  // happy-dom's Headers lose it from an answer that sets cookies.
  if (!response.headers.has("content-type")) {
    response.headers.set("content-type", "application/json");
  }
  return response;
}
