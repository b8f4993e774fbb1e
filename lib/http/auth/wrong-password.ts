import "server-only";
import { AppError, type ErrorCode, type InvalidMember } from "@/lib/errors";

const wrongPassword = Symbol("wrong password");

/** The error for a password or a code that is not the account's. It counts as a try. */
export function wrongPasswordError(
  code: ErrorCode,
  detail: string,
  errors?: InvalidMember[],
): AppError {
  return new AppError(code, detail, { cause: wrongPassword, ...(errors && { errors }) });
}

/** Whether an error says that a password or a code which came with a request is not the account's. */
export function isWrongPassword(error: unknown): boolean {
  return error instanceof AppError && error.cause === wrongPassword;
}
