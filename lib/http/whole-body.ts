import "server-only";
import { readBytes, type WholeBody } from "@/lib/http/read-json";

/**
 * Waits for a request's body. It can be held back for as long as the server waits for it, so who asks
 * must be found out after that, and not only before.
 */
export async function wholeBody(request: Request, bytesMax?: number): Promise<WholeBody> {
  try {
    const bytes = await readBytes(request, bytesMax);
    return () => bytes;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** A request like this one whose body has arrived whole. */
export async function withWholeBody(request: Request): Promise<Request> {
  if (request.body === null) {
    return request;
  }
  const read = await wholeBody(request);
  try {
    return withBody(request, Buffer.from(read()));
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
