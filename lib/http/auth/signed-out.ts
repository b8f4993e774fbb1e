import "server-only";
import { authPath } from "@/lib/auth/create-auth";
import { env } from "@/lib/env";
import { authResponse, forwardAuth } from "@/lib/http/auth/forward-auth";

/**
 * Answers a browser whose session ends: the session is gone, and its cookie, and what the browser
 * keeps of this site. The mark of a known browser stays, for it holds nothing of the person's.
 *
 * @param body what the answer says
 * @throws AppError `unavailable`; the session is then still there
 */
export async function signedOut(request: Request, body: unknown): Promise<Response> {
  const { cookies } = await forwardAuth(
    new Request(new URL(`${authPath}/sign-out`, env.baseUrl), {
      method: "POST",
      headers: request.headers,
    }),
  );
  const response = authResponse({ body, cookies });
  // Not "cache": Chromium then answers up to seconds later, and nothing of a person's is cached here,
  // where pages and answers are no-store. Not "cookies": the mark of a known browser would go.
  response.headers.set("Clear-Site-Data", '"storage"');
  return response;
}
