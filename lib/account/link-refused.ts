import "server-only";
import { type AppError, invalidMembers } from "@/lib/errors";

/** What is wrong with a token from a mail that does not work, whatever the reason. */
export const linkRefusal = "does not work, or no longer: a link works once, within one hour";

/** The error for a link from a mail that does not work. */
export function linkRefused(): AppError {
  return invalidMembers([{ pointer: "/token", detail: linkRefusal }]);
}
