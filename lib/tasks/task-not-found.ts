import "server-only";
import { type AppError, noSuch } from "@/lib/errors";

/** The one answer for a task that is missing, somebody else's or in the trash. */
export function taskNotFound(): AppError {
  return noSuch("task");
}
