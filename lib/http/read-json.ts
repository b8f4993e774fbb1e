import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { parseStrictJson } from "@/lib/http/strict-json";
import { bodyBytesMax } from "@/lib/request-bounds";

/** A body that has arrived whole. What is wrong with it, its size among it, is thrown when it is read. */
export type WholeBody = () => Uint8Array;

/** What names the types that a method takes, where it has a header of its own (RFC 5789, section 3.1). */
const acceptHeaders: Record<string, string> = { PATCH: "Accept-Patch", POST: "Accept-Post" };

/**
 * Reads a request's body as strict JSON.
 *
 * @throws AppError `unsupported_media_type` unless the body says it is plain UTF-8 JSON,
 *   `payload_too_large` beyond 64 KiB, `malformed_json`
 */
export async function readJson(request: Request): Promise<unknown> {
  refuseOtherMedia(request, jsonTypes(request));
  return parseStrictJson(await readBytes(request));
}

/** The same, and `undefined` for a request without a body, whatever it says about one. */
export async function readOptionalJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  return parseOptionalJson(request, () => bytes);
}

/** Parses a body that has arrived as strict JSON, and throws as `readJson` does. */
export function parseJson(request: Request, body: WholeBody): unknown {
  refuseOtherMedia(request, jsonTypes(request));
  return parseStrictJson(body());
}

/** The same, and `undefined` for a request without a body, whatever it says about one. */
export function parseOptionalJson(request: Request, body: WholeBody): unknown {
  const bytes = body();
  if (bytes.length === 0) {
    return undefined;
  }
  refuseOtherMedia(request, jsonTypes(request));
  return parseStrictJson(bytes);
}

/** The schema of no body. An empty object counts as none, because many clients send one. */
export const nothing = z.strictObject({}, "must be an empty object").optional();

/**
 * Refuses any body, for a request that takes none.
 *
 * @throws AppError as `readJson` does
 * @throws ZodError for a body that holds something
 */
export async function refuseBody(request: Request): Promise<void> {
  nothing.parse(await readOptionalJson(request));
}

function jsonTypes({ method }: Request): string[] {
  return method === "PATCH"
    ? ["application/json", "application/merge-patch+json"]
    : ["application/json"];
}

/**
 * The media type of a request's body, one of those that are accepted.
 *
 * @throws AppError `unsupported_media_type` for another one, another charset or an encoding
 */
export function refuseOtherMedia(request: Request, accepted: string[]): string {
  const [type = "", ...parameters] = (request.headers.get("content-type") ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const isUtf8 = parameters.every(
    (parameter) => !parameter.startsWith("charset") || /^charset="?utf-8"?$/.test(parameter),
  );
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (!accepted.includes(type) || !isUtf8 || encoding.toLowerCase() !== "identity") {
    throw new AppError(
      "unsupported_media_type",
      `Send the body as ${accepted.join(" or ")} in UTF-8, without a content encoding.`,
      { headers: { [acceptHeaders[request.method] ?? "Accept"]: accepted.join(", ") } },
    );
  }
  return type;
}

/**
 * Reads a request's body as it is.
 *
 * @param bytesMax the most that it may hold: 64 KiB unless an operation takes more
 * @throws AppError `payload_too_large` beyond that, `invalid_request` when it breaks off
 */
export async function readBytes(request: Request, bytesMax = bodyBytesMax): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) {
    throw tooLarge(bytesMax);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of unbroken(request.body ?? [])) {
    length += chunk.byteLength;
    if (length > bytesMax) {
      throw tooLarge(bytesMax);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A client that goes away in the middle of its body has made a bad request, not found a fault of ours. */
async function* unbroken(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
  try {
    yield* body;
  } catch (cause) {
    throw cause instanceof AppError
      ? cause
      : new AppError("invalid_request", "The body broke off.", { cause });
  }
}

function tooLarge(bytesMax: number): AppError {
  return new AppError("payload_too_large", `A body has at most ${bytesMax / 1024} KiB.`);
}
