import "server-only";
import { lockUserAndSession } from "@/lib/account/locks";
import { invalidLink, openLink } from "@/lib/account/mail-links";
import { isUniqueViolation, type Transaction, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { addressChangedMessage } from "@/lib/mail/notice-messages";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Proof that the person who opened a link made the account: a session of it, or its password's
 * hash.
 */
export type MakerProof = { sessionId: string } | { hash: string };

/**
 * Confirms an address by the token that was mailed to it. The token alone is not enough: somebody
 * can make an account with the address of another person, who must not confirm it for them.
 *
 * @param proof that the person who opened the link made the account
 * @throws AppError `invalid_input` for a token that does not work, or was sent to a former address,
 *   `unauthenticated` when the session ended or the password changed in the same moment
 */
export function verifyEmail(token: string, proof: MakerProof): Promise<void> {
  return transaction(async (tx) => {
    const { user, provenEmail } = await openLink(tx, token, "verify-email");
    if (provenEmail !== user.email) {
      throw invalidLink();
    }
    await requireMaker(tx, user.id, proof);
    await tx.user.update({ where: { id: user.id }, data: { emailVerified: true } });
  });
}

async function requireMaker(tx: Transaction, userId: string, proof: MakerProof): Promise<void> {
  if ("sessionId" in proof) {
    return lockUserAndSession(tx, userId, proof.sessionId);
  }
  const password = { userId, providerId: "credential", password: proof.hash };
  if ((await tx.account.count({ where: password })) === 0) {
    throw invalidLink();
  }
}

/**
 * Changes a person's address to the one that the token was mailed to, and notifies the previous one.
 *
 * @param sessionId the session that asks
 * @returns the new address
 * @throws AppError `invalid_input` for a token that does not work or belongs to another person,
 *   `conflict` when the address has an account by now, `unauthenticated` when the session ended in
 *   the same moment, `unavailable`
 */
export async function confirmEmailChange(
  userId: string,
  sessionId: string,
  token: string,
): Promise<string> {
  const { former, email } = await changed(userId, sessionId, token);
  sendMail(async () => addressChangedMessage(former));
  return email;
}

async function changed(userId: string, sessionId: string, token: string) {
  try {
    return await transaction((tx) => changeWithin(tx, userId, sessionId, token));
  } catch (error) {
    throw isUniqueViolation(error)
      ? new AppError("conflict", "This address has an account of its own by now.")
      : error;
  }
}

async function changeWithin(tx: Transaction, userId: string, sessionId: string, token: string) {
  const { user: former, provenEmail: email } = await openLink(tx, token, "change-email");
  if (former.id !== userId || email === null) {
    throw invalidLink();
  }
  // Only after the check: the token of another person has locked that person, and a transaction that
  // locks two people can deadlock.
  await lockUserAndSession(tx, userId, sessionId);
  await tx.user.update({ where: { id: userId }, data: { email, emailVerified: true } });
  // Links that were sent to the previous address must not work any more.
  await tx.oneTimeToken.deleteMany({
    where: { userId, purpose: { in: ["reset-password", "verify-email"] } },
  });
  return { former, email };
}
