import "server-only";
import { z } from "zod";
import type { oas31, ZodOpenApiResponseObject } from "zod-openapi";
import { type ErrorCode, errorTable } from "@/lib/errors";
import { headersOf } from "@/lib/openapi/headers";
import { operations } from "@/lib/operations/operations";
import { problemMembers } from "@/lib/operations/problem-schema";
import { deviceState } from "@/lib/operations/sync";

/** What every error answers with (RFC 9457). */
export const problem = z
  .strictObject({
    ...problemMembers,
    current: conditionalResource()
      .meta({ description: "With `precondition_failed`: the task as it is now." })
      .exactOptional(),
    ...deviceState,
  })
  .meta({ id: "Problem", description: "An error (RFC 9457)." });

/** What a write with `If-Match` can find changed: any resource that such an operation answers with. */
function conditionalResource(): z.ZodType {
  const schemas = operations.flatMap(({ ifMatch, answer }) =>
    ifMatch && answer.kind === "resource" ? [answer.schema] : [],
  );
  const [first, ...others] = new Set(schemas);
  if (!first) {
    throw new Error("No operation takes If-Match.");
  }
  return others.length > 0 ? z.union([first, ...others]) : first;
}

type Failure = { codes: ErrorCode[]; headers?: string[] };

const userHeaders = ["RateLimit-Policy", "RateLimit"];

const failures = {
  BadBody: {
    codes: ["malformed_json", "invalid_input", "invalid_request"],
    headers: ["WWW-Authenticate", ...userHeaders],
  },
  BadQuery: {
    codes: ["invalid_input", "invalid_cursor", "invalid_request"],
    headers: ["WWW-Authenticate", ...userHeaders],
  },
  BadChanges: {
    codes: ["malformed_json", "invalid_input", "invalid_request", "invalid_cursor"],
    headers: ["WWW-Authenticate", ...userHeaders],
  },
  BadRequest: {
    codes: ["invalid_input", "invalid_request"],
    headers: ["WWW-Authenticate", ...userHeaders],
  },
  Unauthenticated: {
    codes: ["unauthenticated", "invalid_token", "token_expired"],
    headers: ["WWW-Authenticate"],
  },
  NotSignedIn: { codes: ["unauthenticated"] },
  KeyRefused: { codes: ["unauthenticated", "invalid_token"], headers: ["WWW-Authenticate"] },
  EmailNotVerified: { codes: ["email_not_verified"] },
  SignUpsClosed: { codes: ["sign_ups_closed"] },
  InsufficientScope: {
    codes: ["insufficient_scope"],
    headers: ["WWW-Authenticate", ...userHeaders],
  },
  NotFound: { codes: ["not_found"], headers: userHeaders },
  MethodNotAllowed: { codes: ["method_not_allowed"], headers: ["Allow"] },
  Conflict: { codes: ["conflict"], headers: userHeaders },
  CreateConflict: {
    codes: ["conflict", "idempotency_in_progress"],
    headers: ["Retry-After", ...userHeaders],
  },
  IdempotencyInProgress: {
    codes: ["idempotency_in_progress"],
    headers: ["Retry-After", ...userHeaders],
  },
  DeviceConflict: { codes: ["device_forked", "device_gap"], headers: userHeaders },
  ResyncRequired: { codes: ["resync_required"], headers: userHeaders },
  PreconditionFailed: { codes: ["precondition_failed"], headers: userHeaders },
  PayloadTooLarge: { codes: ["payload_too_large"], headers: userHeaders },
  UnsupportedMediaType: {
    codes: ["unsupported_media_type"],
    headers: ["Accept", "Accept-Patch", "Accept-Post", ...userHeaders],
  },
  IdempotencyKeyReused: { codes: ["idempotency_key_reused"], headers: userHeaders },
  RateLimited: { codes: ["rate_limited"], headers: ["Retry-After", ...userHeaders] },
  Internal: { codes: ["internal"], headers: userHeaders },
  Unavailable: { codes: ["unavailable"], headers: ["Retry-After", ...userHeaders] },
} satisfies Record<string, Failure>;

type FailureName = keyof typeof failures;

/** The failures that the document describes once, by name. */
export function failureResponses(): Record<string, ZodOpenApiResponseObject> {
  return Object.fromEntries(
    Object.entries(failures).map(([name, failure]) => [name, responseFor(failure)]),
  );
}

/** The responses of an operation that fails in these ways, by status. */
export function failsWith(...names: FailureName[]): Record<`${number}`, oas31.ReferenceObject> {
  return Object.fromEntries(
    names.map((name) => [statusOf(failures[name]), { $ref: `#/components/responses/${name}` }]),
  );
}

/**
 * The responses of an operation that fails with these codes, by status.
 *
 * @throws Error for codes of one status that are not those of one failure above
 */
export function failsWithCodes(
  failing: ReadonlySet<ErrorCode>,
): Record<`${number}`, oas31.ReferenceObject> {
  const statuses = new Set([...failing].map((code) => errorTable[code].status));
  return Object.fromEntries(
    [...statuses].map((status) => {
      const codesOfStatus = [...failing].filter((code) => errorTable[code].status === status);
      return [status, { $ref: `#/components/responses/${failureNameOf(codesOfStatus)}` }];
    }),
  );
}

function failureNameOf(failing: ErrorCode[]): string {
  const found = Object.entries(failures).find(([, failure]) => {
    const own: readonly ErrorCode[] = failure.codes;
    return own.length === failing.length && failing.every((code) => own.includes(code));
  });
  if (!found) {
    throw new Error(`No response of the document has ${failing.join(", ")}: add it to failures.`);
  }
  return found[0];
}

function responseFor(failure: Failure): ZodOpenApiResponseObject {
  const status = statusOf(failure);
  return {
    description: failure.codes
      .map((code) => `\`${code}\`: ${errorTable[code].title.toLowerCase()}`)
      .join("; "),
    headers: headersOf(...(failure.headers ?? [])),
    content: {
      "application/problem+json": {
        schema: {
          $ref: "#/components/schemas/Problem",
          properties: { status: { const: status }, code: { enum: failure.codes } },
        },
      },
    },
  };
}

function statusOf({ codes }: Failure): number {
  const [status, ...others] = new Set(codes.map((code) => errorTable[code].status));
  if (status === undefined || others.length > 0) {
    throw new Error(`One response has one status, which ${codes.join(", ")} do not share.`);
  }
  return status;
}
