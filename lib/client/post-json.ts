import { send } from "@/lib/client/send";

/**
 * Posts to a route of this site with the cookies of the browser.
 *
 * @param options `keepalive` lets the request outlive its page
 * @returns the JSON of the answer, or null for an answer without a body
 * @throws ApiError with the server's code, or `network` and `timeout` without an answer
 */
export async function postJson(
  path: string,
  body: unknown = {},
  options: Pick<RequestInit, "keepalive"> = {},
): Promise<unknown> {
  const answer = await send(path, {
    ...options,
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    credentials: "same-origin",
    body: JSON.stringify(body),
  });
  return answer.body;
}
