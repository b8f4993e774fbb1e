import "server-only";
import { AppError } from "@/lib/errors";

/** The one answer for a task that is missing, somebody else's, in the trash, or named by what is no UUID. */
export function taskNotFound(): AppError {
  return new AppError("not_found", "There is no such task.");
}
