import "server-only";
import { forgetSessions } from "@/lib/auth/liveness";
import { database } from "@/lib/db/client";

/** Ends all of the person's sessions but one. Their bearer tokens are dead at once. */
export async function endOtherSessions(userId: string, keptSessionId: string): Promise<void> {
  await database().session.deleteMany({ where: { userId, id: { not: keptSessionId } } });
  forgetSessions();
}
