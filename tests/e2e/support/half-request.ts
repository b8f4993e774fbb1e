import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";

/** A request whose head the app has answered with "go on", and whose body it waits for. */
export type BegunRequest = {
  /** Sends the body and returns the status of the answer. */
  finish: () => Promise<number | undefined>;
};

/** Begins a POST of JSON and waits until the app has it in hand. */
export async function beginPost(
  url: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<BegunRequest> {
  const text = JSON.stringify(body);
  const begun = request(url, {
    method: "POST",
    agent: false,
    headers: {
      ...headers,
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(text),
      Expect: "100-continue",
    },
  });
  begun.flushHeaders();
  await once(begun, "continue");
  return {
    finish: async () => {
      begun.end(text);
      const answer = await new Promise<IncomingMessage>((done, fail) => {
        begun.once("response", done).once("error", fail);
      });
      answer.resume();
      return answer.statusCode;
    },
  };
}
