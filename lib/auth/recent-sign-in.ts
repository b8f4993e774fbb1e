import "server-only";
import { database, type Transaction } from "@/lib/db/client";
import { AppError, signInFirst } from "@/lib/errors";

/** For how long after a sign-in security settings may be changed without another proof. */
export const recentSignInMinutes = 15;

/**
 * Lets only people through who have proved within the last quarter of an hour who they are, so that
 * a browser left open, or a stolen session, cannot change what protects the account.
 *
 * @throws AppError `recent_sign_in_required`, `unauthenticated` when the session was ended in the same
 *   moment
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

/** Whether the person behind a session has proved who they are within the last quarter of an hour. */
export async function isSignInRecent(userId: string, sessionId: string): Promise<boolean> {
  const earliest = new Date(Date.now() - recentSignInMinutes * 60_000);
  const isRecent = {
    OR: [{ authenticatedAt: { gt: earliest } }, { createdAt: { gt: earliest } }],
  };
  const count = await database().session.count({ where: { id: sessionId, userId, ...isRecent } });
  return count === 1;
}

/**
 * Notes that the person behind a session has just proved who they are.
 *
 * @throws AppError `unauthenticated` when the session was ended in the same moment
 */
export async function noteRecentSignIn(
  userId: string,
  sessionId: string,
  writer: Pick<Transaction, "session"> = database(),
): Promise<void> {
  // By the clock that also says when a session began.
  const authenticatedAt = new Date();
  const { count } = await writer.session.updateMany({
    where: { id: sessionId, userId },
    data: { authenticatedAt },
  });
  if (count === 0) {
    throw signInFirst();
  }
}
