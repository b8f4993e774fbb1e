import "server-only";
import { AppError } from "@/lib/errors";

/** The cause of an error for a password or a code that is not the account's. It counts as a try. */
export const wrongPassword = Symbol("wrong password");

/** Whether an error says that a password or a code which came with a request is not the account's. */
export function isWrongPassword(error: unknown): boolean {
  return error instanceof AppError && error.cause === wrongPassword;
}
