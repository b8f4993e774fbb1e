import { isRecord } from "@/lib/client/is-record";

export type ErrorEntry = { pointer: string; detail: string };

type ApiErrorFields = {
  status: number;
  code: string;
  detail: string;
  errors?: ErrorEntry[];
  current?: unknown;
  retryAfterSeconds?: number | null;
};

/**
 * The one error every call of the API throws.
 *
 * `status` is 0 when no answer came. `code` is a code of the OpenAPI document, or one of ours:
 * `network`, `timeout`, `unexpected_answer`, `signed_out`, `another_person`.
 * `current` is the task as it stands, with `precondition_failed` (RFC 9457 extension member).
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: ErrorEntry[];
  readonly current: unknown;
  readonly retryAfterSeconds: number | null;

  constructor(fields: ApiErrorFields) {
    super(fields.detail);
    this.status = fields.status;
    this.code = fields.code;
    this.detail = fields.detail;
    this.errors = fields.errors ?? [];
    this.current = fields.current ?? null;
    this.retryAfterSeconds = fields.retryAfterSeconds ?? null;
  }
}

const temporaryStatuses = new Set([0, 429, 500, 502, 503, 504]);

/** Whether the same request may well succeed later, unchanged. */
export function isTemporary(error: unknown): boolean {
  if (!(error instanceof ApiError)) {
    return false;
  }
  if (error.code === "idempotency_in_progress" || error.code === "signed_out") {
    return true;
  }
  return temporaryStatuses.has(error.status) && error.code !== "unexpected_answer";
}

/** An answer that is not what the OpenAPI document promises, for example a proxy's HTML page. */
export function unexpectedAnswer(status = 200): ApiError {
  return new ApiError({
    status,
    code: "unexpected_answer",
    detail: "The server sent an answer that could not be read.",
  });
}

/** Seconds to wait by `Retry-After` (RFC 9110), a date counted from the answer's own `Date`. */
export function readRetryAfter(headers: Headers): number | null {
  const value = headers.get("retry-after")?.trim();
  if (!value) {
    return null;
  }
  if (/^\d{1,9}$/.test(value)) {
    return Number(value);
  }
  const until = Date.parse(value);
  const from = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(until - from) ? null : Math.max(0, (until - from) / 1000);
}

/** Reads problem+json (RFC 9457), and answers without it as far as their status tells. */
export function readProblem(status: number, headers: Headers, body: unknown): ApiError {
  const problem = isRecord(body) ? body : {};
  return new ApiError({
    status,
    code: typeof problem.code === "string" ? problem.code : `http_${status}`,
    detail: readDetail(problem),
    errors: readEntries(problem.errors),
    current: problem.current,
    retryAfterSeconds: readRetryAfter(headers),
  });
}

function readEntries(value: unknown): ErrorEntry[] {
  if (!Array.isArray(value)) {
    return [];
  }
  return value.flatMap((entry: unknown) => {
    if (!isRecord(entry)) {
      return [];
    }
    const { pointer, detail } = entry;
    return typeof pointer === "string" && typeof detail === "string" ? [{ pointer, detail }] : [];
  });
}

// Better Auth's own answers say `message` where a problem says `detail`.
function readDetail(problem: Record<string, unknown>): string {
  const detail = problem.detail ?? problem.message;
  return typeof detail === "string" ? detail : "The server refused the request.";
}
