import "server-only";
import { database, type Transaction } from "@/lib/db/client";
import { AppError, signInFirst } from "@/lib/errors";

/** How long after a sign-in security settings can be changed without another proof of identity. */
export const recentSignInMinutes = 15;

/**
 * Asserts that a person has proved their identity within the last quarter of an hour, so that
 * nobody can change the security of an account with an unattended browser or a stolen session.
 *
 * @throws AppError `recent_sign_in_required`, `unauthenticated` when the session was ended in the
 *   same moment
 */
export async function requireRecentSignIn(userId: string, sessionId: string): Promise<void> {
  if (await isSignInRecent(userId, sessionId)) {
    return;
  }
  if ((await database().session.count({ where: { id: sessionId, userId } })) === 0) {
    throw signInFirst();
  }
  throw new AppError(
    "recent_sign_in_required",
    "This changes what protects the account. Confirm that it is you, and send it again.",
  );
}

/** Whether the user of a session has proved their identity within the last quarter of an hour. */
export async function isSignInRecent(userId: string, sessionId: string): Promise<boolean> {
  const earliest = new Date(Date.now() - recentSignInMinutes * 60_000);
  const isRecent = {
    OR: [{ authenticatedAt: { gt: earliest } }, { createdAt: { gt: earliest } }],
  };
  const count = await database().session.count({ where: { id: sessionId, userId, ...isRecent } });
  return count === 1;
}

/**
 * Stores that the user of a session has just proved their identity.
 *
 * @throws AppError `unauthenticated` when the session was ended in the same moment
 */
export async function noteRecentSignIn(
  userId: string,
  sessionId: string,
  writer: Pick<Transaction, "session"> = database(),
): Promise<void> {
  // The clock of this process also sets a session's creation time.
  const authenticatedAt = new Date();
  const { count } = await writer.session.updateMany({
    where: { id: sessionId, userId },
    data: { authenticatedAt },
  });
  if (count === 0) {
    throw signInFirst();
  }
}
