import "server-only";
import { AppError } from "@/lib/errors";

/** What is wrong with a token from a mail that does not work, whatever the reason. */
export const linkRefusal = "does not work, or no longer: a link works once, within one hour";

/** The error for a link from a mail that does not work. */
export function linkRefused(): AppError {
  return new AppError("invalid_input", "Some members are not valid. See errors.", {
    errors: [{ pointer: "/token", detail: linkRefusal }],
  });
}
