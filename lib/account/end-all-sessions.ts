import "server-only";
import { forgetSessions } from "@/lib/auth/liveness";
import { database } from "@/lib/db/client";

/** Ends all of the person's sessions. Their bearer tokens are dead at once. */
export async function endAllSessions(userId: string): Promise<void> {
  await database().session.deleteMany({ where: { userId } });
  forgetSessions();
}
