import { send } from "@/lib/client/send";

/**
 * Posts to a route of this site with the cookies of the browser.
 *
 * @returns the JSON of the answer, or null for an answer without a body
 * @throws ApiError with the server's code, or `network` and `timeout` without an answer
 */
export async function postJson(path: string, body: unknown = {}): Promise<unknown> {
  const answer = await send(path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    credentials: "same-origin",
    body: JSON.stringify(body),
  });
  return answer.body;
}
