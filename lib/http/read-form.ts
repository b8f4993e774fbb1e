import "server-only";
import { AppError } from "@/lib/errors";
import { readBytes, readJson, refuseOtherMedia } from "@/lib/http/read-json";

const formType = "application/x-www-form-urlencoded";

/**
 * Reads a request's body as a form, as OAuth 2.0 has it, or as strict JSON. A parameter without a
 * value counts as left out (RFC 6749, section 3.2).
 *
 * @throws AppError `invalid_request` for a form with a parameter twice or of another encoding,
 *   `unsupported_media_type`, `payload_too_large` beyond 64 KiB, `malformed_json`
 */
export async function readFormOrJson(request: Request): Promise<unknown> {
  const type = refuseOtherMedia(request, [formType, "application/json"]);
  return type === formType ? parseForm(await readBytes(request)) : readJson(request);
}

function parseForm(bytes: Uint8Array): Record<string, string> {
  const parameters = new URLSearchParams(decode(bytes));
  if (new Set(parameters.keys()).size < parameters.size) {
    throw new AppError("invalid_request", "The form has a parameter twice.");
  }
  return Object.fromEntries([...parameters].filter(([, value]) => value !== ""));
}

/** A parser of forms would put U+FFFD wherever the bytes, or the escapes, are not UTF-8. */
function decode(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    decodeURIComponent(text);
    return text;
  } catch (cause) {
    throw new AppError("invalid_request", "The form is not UTF-8.", { cause });
  }
}
