import type { z } from "zod";

/** A wrong member of a request: a JSON pointer (`/title`) or a query parameter (`?limit`), and what is wrong. */
export type InvalidMember = { pointer: string; detail: string };

/**
 * Every error the API can answer with: its stable code, HTTP status and title. Problem documents,
 * the OpenAPI document, the docs and the tests all derive from this table.
 */
export const errorTable = {
  malformed_json: { status: 400, title: "The body is not well-formed JSON" },
  invalid_input: { status: 400, title: "The request has invalid members" },
  invalid_cursor: { status: 400, title: "The cursor does not belong to this list" },
  invalid_request: { status: 400, title: "The request is not well-formed" },
  unauthenticated: { status: 401, title: "Sign in, or send a bearer token" },
  invalid_token: { status: 401, title: "The bearer token is not valid" },
  token_expired: { status: 401, title: "The bearer token has expired" },
  insufficient_scope: { status: 403, title: "The token lacks a scope" },
  recent_sign_in_required: { status: 403, title: "Confirm that it is you" },
  email_not_verified: { status: 403, title: "Confirm your address first" },
  sign_ups_closed: { status: 403, title: "This site takes no new accounts" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "The method is not offered here" },
  conflict: { status: 409, title: "The request conflicts with what is stored" },
  idempotency_in_progress: { status: 409, title: "The first request with this key is in progress" },
  device_forked: { status: 409, title: "Another change has this number" },
  device_gap: { status: 409, title: "A change is missing before this one" },
  resync_required: { status: 410, title: "The feed has to be read from its beginning" },
  precondition_failed: { status: 412, title: "The task has changed since it was read" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body must be JSON" },
  idempotency_key_reused: { status: 422, title: "The key was used with another body" },
  failed_dependency: { status: 424, title: "Another change of the batch could not be stored" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong on our side" },
  unavailable: { status: 503, title: "The service is briefly unavailable" },
} as const;

export type ErrorCode = keyof typeof errorTable;

type Extras = {
  /** The invalid members, all at once. */
  errors?: InvalidMember[];
  /** Headers that belong to this answer, such as `WWW-Authenticate`, `Allow` or `Retry-After`. */
  headers?: Record<string, string>;
  /** The resource as it stands, for a failed precondition. */
  current?: unknown;
  /** Further members of the problem document. */
  members?: Record<string, unknown>;
  cause?: unknown;
};

/** An error with an entry in the table. The boundary of a route turns it into a problem document. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly errors: InvalidMember[] | undefined;
  readonly headers: Record<string, string>;
  readonly current: unknown;
  readonly members: Record<string, unknown>;

  /** Next may load this module several times in one process, so the class is known by its name. */
  static override [Symbol.hasInstance](thrown: unknown): boolean {
    return thrown instanceof Error && thrown.name === "AppError";
  }

  /**
   * @param code the row of the error table
   * @param detail what happened and what to do, for a person; shown to the caller
   */
  constructor(code: ErrorCode, detail: string, extras: Extras = {}) {
    super(detail, { cause: extras.cause });
    this.name = "AppError";
    this.code = code;
    this.errors = extras.errors;
    this.headers = extras.headers ?? {};
    this.current = extras.current;
    this.members = extras.members ?? {};
  }
}

/** The error for a request with wrong members: all of them at once. */
export function invalidMembers(errors: InvalidMember[], cause?: unknown): AppError {
  return new AppError("invalid_input", "Some members are not valid. See errors.", {
    errors,
    cause,
  });
}

/** `invalid_input` from zod's issues: one entry for each wrong member, unknown ones too. */
export function invalidInput(
  issues: z.core.$ZodIssue[],
  pointerTo: (path: PropertyKey[]) => string,
): AppError {
  const errors = new Map<string, InvalidMember>();
  for (const issue of issues) {
    for (const path of pathsOf(issue)) {
      const pointer = pointerTo(path);
      if (!errors.has(pointer)) {
        errors.set(pointer, { pointer, detail: detailOf(issue) });
      }
    }
  }
  return invalidMembers([...errors.values()]);
}

function pathsOf(issue: z.core.$ZodIssue): PropertyKey[][] {
  return issue.code === "unrecognized_keys"
    ? issue.keys.map((key) => [...issue.path, key])
    : [issue.path];
}

function detailOf(issue: z.core.$ZodIssue): string {
  return issue.code === "unrecognized_keys" ? "is not a member of this request" : issue.message;
}

/**
 * The one answer for a resource that is missing, somebody else's, in the trash, or named by something
 * that is not an id.
 */
export function noSuch(noun: string): AppError {
  return new AppError("not_found", `There is no such ${noun}.`);
}

/** The error for somebody who has no session, or none any more. */
export function signInFirst(): AppError {
  return new AppError("unauthenticated", "Sign in first.");
}

/**
 * The error for a method that a path does not offer (RFC 9110, section 15.5.6).
 *
 * @param allow the methods that it does offer, as the `Allow` header lists them
 */
export function methodNotAllowed(method: string, allow: string): AppError {
  return new AppError("method_not_allowed", `${method} is not offered here. Use ${allow}.`, {
    headers: { Allow: allow },
  });
}

/** The error for a database that is away, frozen, full or read-only: try again soon. */
export function unavailable(cause?: unknown): AppError {
  return new AppError("unavailable", "The database cannot be reached. Try again in a moment.", {
    headers: { "Retry-After": "2" },
    cause,
  });
}
