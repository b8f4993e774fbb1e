import "server-only";
import { database } from "@/lib/db/client";
import { trashDays } from "@/lib/tasks/limits";

const dayMilliseconds = 86_400_000;

/** What went to the trash before this moment is gone for good. */
export function trashEnd(): Date {
  return new Date(Date.now() - trashDays * dayMilliseconds);
}

/** Removes what has lain in a user's trash for too long. */
export async function emptyTrash(userId: string): Promise<void> {
  await database().task.deleteMany({ where: { userId, deletedAt: { lt: trashEnd() } } });
}
