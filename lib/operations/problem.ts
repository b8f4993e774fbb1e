import "server-only";
import { z } from "zod";
import { AppError, errorTable, invalidInput } from "@/lib/errors";

/** Answers with an error as a problem document (RFC 9457). */
export function problemResponse(error: AppError, requestId: string): Response {
  const problem = problemOf(error, requestId);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { "Content-Type": "application/problem+json", ...error.headers },
  });
}

/** The members of an error's problem document (RFC 9457). */
export function problemOf(error: AppError, requestId: string) {
  const { status, title } = errorTable[error.code];
  return {
    type: `/docs/errors#${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    requestId,
    ...(error.errors && { errors: error.errors }),
    ...(error.current !== undefined && { current: error.current }),
    ...error.members,
  };
}

/**
 * The table's error for whatever was thrown: a failed parse becomes `invalid_input` with all its
 * members, anything unknown becomes `internal` and tells nothing.
 */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) {
    return thrown;
  }
  if (thrown instanceof z.ZodError) {
    return invalidInput(thrown.issues, (path) =>
      path.map((part) => `/${escapePointer(part)}`).join(""),
    );
  }
  return new AppError("internal", "The request could not be completed. It is in our log.", {
    cause: thrown,
  });
}

// RFC 6901, section 3.
function escapePointer(part: PropertyKey): string {
  return String(part).replaceAll("~", "~0").replaceAll("/", "~1");
}
