import "server-only";
import { AppError } from "@/lib/errors";
import { nestingMax } from "@/lib/request-bounds";

/**
 * Parses JSON (RFC 8259) as I-JSON demands (RFC 7493): UTF-8 without a byte order mark, no member
 * name twice in one object, at most 32 levels deep.
 *
 * @throws AppError `malformed_json`
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  const value = parse(text);
  refuseDepthAndDuplicates(text);
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw malformed("The body is not UTF-8.", cause);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed("The body is not well-formed JSON.", cause);
  }
}

/** Walks the structure of a text that is known to be JSON: only brackets and strings matter. */
function refuseDepthAndDuplicates(text: string): void {
  const tokens = /[{}[\]]|"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;
  const open: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") {
      open.push(new Set());
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (colon !== undefined) {
      addName(open.at(-1), JSON.parse(token.slice(0, -colon.length)));
    }
    if (open.length > nestingMax) {
      throw malformed(`The body is nested more than ${nestingMax} levels deep.`);
    }
  }
}

function addName(names: Set<string> | undefined, name: string): void {
  if (names?.has(name)) {
    throw malformed("An object in the body has a member name twice.");
  }
  names?.add(name);
}

function malformed(detail: string, cause?: unknown): AppError {
  return new AppError("malformed_json", detail, { cause });
}
