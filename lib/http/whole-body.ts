import "server-only";
import { readBytes } from "@/lib/http/read-json";

/**
 * A request like this one whose body has arrived whole. A body can be held back for as long as the
 * server waits for it, and who asks must be found out after that, not before. What is wrong with the
 * body, its size among it, is thrown at the code that reads it.
 */
export async function withWholeBody(request: Request): Promise<Request> {
  if (request.body === null) {
    return request;
  }
  try {
    return withBody(request, Buffer.from(await readBytes(request)));
  } catch (error) {
    return withBody(request, failing(error));
  }
}

/** Next hands requests on behind a proxy, which the constructor of later Nodes does not take whole. */
function withBody(request: Request, body: Buffer<ArrayBuffer> | ReadableStream): Request {
  const { url, method, signal } = request;
  return new Request(url, {
    method,
    signal,
    headers: new Headers(request.headers),
    body,
    ...(body instanceof ReadableStream && { duplex: "half" }),
  });
}

function failing(error: unknown): ReadableStream {
  return new ReadableStream({ start: (controller) => controller.error(error) });
}
