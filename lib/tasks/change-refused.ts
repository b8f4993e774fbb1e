import "server-only";
import { AppError } from "@/lib/errors";
import { getTask } from "@/lib/tasks/get-task";

/**
 * Why a conditional statement met no task: it has another version, which the error carries under
 * `current`.
 *
 * @throws AppError `not_found` when there is none
 */
export async function changeRefused(userId: string, id: string): Promise<AppError> {
  const current = await getTask(userId, id);
  return new AppError(
    "precondition_failed",
    "The task has another version than If-Match names. See current.",
    { current },
  );
}
