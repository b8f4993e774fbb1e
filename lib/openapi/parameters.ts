import "server-only";
import type { oas31 } from "zod-openapi";
import { idempotencyKeyLengthMax } from "@/lib/request-bounds";

const keyLengthMax = idempotencyKeyLengthMax;
/** A key as it is, or in quotes, in which a backslash stands before a quote and a backslash. */
const idempotencyKeyPattern = `^(?:[!#-~][!-~]{0,${keyLengthMax - 1}}|"(?:[!#-\\[\\]-~]|\\\\["\\\\]){1,${keyLengthMax}}")$`;

/** The request headers that the document describes once. */
export const requestHeaders: Record<string, oas31.ParameterObject> = {
  "X-Request-Id": {
    name: "X-Request-Id",
    in: "header",
    description:
      "An id of your own for this request: 1 to 128 letters, digits, dots, hyphens and underscores. Any other is replaced by a new one.",
    schema: { type: "string" },
    example: "nightly-backup.7",
  },
  "If-Match": {
    name: "If-Match",
    in: "header",
    description:
      "The ETag the task must still have. Any other state is left alone and answered with 412.",
    schema: { type: "string" },
    example: '"3"',
  },
  "If-None-Match": {
    name: "If-None-Match",
    in: "header",
    description: "The ETag you have. The answer is 304 without a body while it still holds.",
    schema: { type: "string" },
    example: '"3"',
  },
  "Idempotency-Key": {
    name: "Idempotency-Key",
    in: "header",
    description: `1 to ${keyLengthMax} visible ASCII characters of your choice. A repeat with the same key and body gets the first answer again for 24 hours and creates nothing.`,
    schema: { type: "string", pattern: idempotencyKeyPattern },
    example: "6f1c7a52-lisbon",
  },
};

/** References to request headers of the document, `X-Request-Id` always among them. */
export function parametersOf(...names: string[]): oas31.ReferenceObject[] {
  return [...names, "X-Request-Id"].map((name) => ({ $ref: `#/components/parameters/${name}` }));
}
