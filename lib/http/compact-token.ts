import "server-only";
import { invalidToken } from "@/lib/http/bearer-token";
import { parseStrictJson } from "@/lib/http/strict-json";
import { tokenLengthMax } from "@/lib/request-bounds";

type Members = Record<string, unknown>;

const base64url = /^[A-Za-z0-9_-]+$/;

/**
 * Takes a signed token apart (JWS compact serialization, RFC 7515, section 7.1): at most 4 KiB, three
 * segments in canonical base64url, header and payload objects without a name twice. It checks no
 * signature.
 *
 * @throws AppError `invalid_token`
 */
export function parseCompactToken(token: string): { header: Members; payload: Members } {
  if (token.length > tokenLengthMax) {
    throw invalidToken();
  }
  const segments = token.split(".");
  const [header, payload, signature] = segments.map(decodeCanonical);
  if (segments.length !== 3 || !header || !payload || !signature) {
    throw invalidToken();
  }
  return { header: parseObject(header), payload: parseObject(payload) };
}

/** One value has one spelling: no padding, no white space, no bits beyond the last byte. */
function decodeCanonical(segment: string): Buffer {
  const bytes = Buffer.from(segment, "base64url");
  if (!base64url.test(segment) || bytes.toString("base64url") !== segment) {
    throw invalidToken();
  }
  return bytes;
}

function parseObject(bytes: Buffer): Members {
  const value = parse(bytes);
  if (!isObject(value)) {
    throw invalidToken();
  }
  return value;
}

function parse(bytes: Buffer): unknown {
  try {
    return parseStrictJson(bytes);
  } catch (cause) {
    throw invalidToken(cause);
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
