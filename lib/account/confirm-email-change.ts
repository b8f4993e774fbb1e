import "server-only";
import { linkRefused } from "@/lib/account/link-refused";
import { lockUserAndSession } from "@/lib/account/locks";
import { openLink } from "@/lib/account/open-link";
import { isUniqueViolation, type Transaction, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { addressChangedMessage } from "@/lib/mail/notice-messages";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Gives a person the address that the token's mail went to, and tells the former one.
 *
 * @param sessionId the session that asks
 * @returns the new address
 * @throws AppError `invalid_input` for a token that does not work or is another person's, `conflict`
 *   when the address has got an account since, `unauthenticated` when the session was ended in the
 *   same moment, `unavailable`
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
    throw linkRefused();
  }
  // Only now: a token of somebody else has locked them, and nobody holds two people.
  await lockUserAndSession(tx, userId, sessionId);
  await tx.user.update({ where: { id: userId }, data: { email, emailVerified: true } });
  // Links that went to the former address are no longer its owner's to open.
  await tx.oneTimeToken.deleteMany({
    where: { userId, purpose: { in: ["reset-password", "verify-email"] } },
  });
  return { former, email };
}
