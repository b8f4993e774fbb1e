import { database } from "@/lib/db/client";
import type { SignedIn } from "@/tests/support/users";

/** Makes a session begin an hour ago, so that its person has to confirm who they are. */
export async function makeSessionOld({ sessionId }: Pick<SignedIn, "sessionId">): Promise<void> {
  await database().session.update({
    where: { id: sessionId },
    data: { createdAt: new Date(Date.now() - 3_600_000), authenticatedAt: null },
  });
}
