import "server-only";
import { readBytes } from "@/lib/http/read-json";

/**
 * A request like this one whose body has arrived whole. A body can be held back for as long as the
 * server waits for it, and who asks must be found out after that, not before. What is wrong with the
 * body, its size among it, is thrown to whoever reads it.
 */
export async function withWholeBody(request: Request): Promise<Request> {
  if (request.body === null) {
    return request;
  }
  try {
    return new Request(request, { body: Buffer.from(await readBytes(request)) });
  } catch (error) {
    return new Request(request, failing(error));
  }
}

function failing(error: unknown) {
  const body = new ReadableStream({ start: (controller) => controller.error(error) });
  return { body, duplex: "half" };
}
