import "server-only";
import { database } from "@/lib/db/client";

/**
 * Asks the database something that is the same for everybody, where the real question is asked only
 * after the answer has left.
 *
 * @throws AppError `unavailable`
 */
export async function assertDatabaseAnswers(): Promise<void> {
  await database().$queryRaw`SELECT 1`;
}
