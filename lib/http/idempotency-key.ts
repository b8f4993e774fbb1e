import "server-only";
import { AppError } from "@/lib/errors";
import { idempotencyKeyLengthMax } from "@/lib/request-bounds";

const plainKey = /^[\x21\x23-\x7e][\x21-\x7e]*$/;
const quotedKey = /^"(?:[\x21\x23-\x5b\x5d-\x7e]|\\["\\])+"$/;

/**
 * A request's `Idempotency-Key`: 1 to 255 visible ASCII characters, quoted as the draft has it
 * (draft-ietf-httpapi-idempotency-key-header, section 2.1) or not; both spell the same key.
 *
 * @returns undefined without the header
 * @throws AppError `invalid_input`
 */
export function idempotencyKey(request: Request): string | undefined {
  const header = request.headers.get("idempotency-key");
  if (header === null) {
    return undefined;
  }
  const key = quotedKey.test(header) ? header.slice(1, -1).replace(/\\(.)/g, "$1") : header;
  if (!(quotedKey.test(header) || plainKey.test(header)) || key.length > idempotencyKeyLengthMax) {
    throw new AppError("invalid_input", "The header Idempotency-Key is not valid. See errors.", {
      errors: [
        {
          pointer: "Idempotency-Key",
          detail: `must be one key of 1 to ${idempotencyKeyLengthMax} visible ASCII characters, in quotes or not`,
        },
      ],
    });
  }
  return key;
}
