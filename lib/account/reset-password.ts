import "server-only";
import { randomUUID } from "node:crypto";
import { linkRefused } from "@/lib/account/link-refused";
import { type OpenedLink, openLink } from "@/lib/account/open-link";
import { removeUnprovenWaysIn } from "@/lib/account/remove-unproven-ways-in";
import { deleteSessions } from "@/lib/account/sessions";
import { forgetSessions } from "@/lib/auth/liveness";
import { hashPassword } from "@/lib/auth/password-hash";
import { type Transaction, transaction } from "@/lib/db/client";
import { securityChangeMessage } from "@/lib/mail/notice-messages";
import { sendMail } from "@/lib/mail/send-mail";

type Reset = { user: OpenedLink["user"]; isFirstProof: boolean };

/**
 * Sets a new password by the token of a mail, and ends every session of the account. The mail proves
 * the address; where that is the first proof of it, whatever else lets somebody in goes, too.
 *
 * @param newPassword a password that follows the rules
 * @returns whose password it is
 * @throws AppError `invalid_input` for a token that does not work, or of a former address,
 *   `unavailable`
 */
export async function resetPassword(
  token: string,
  newPassword: string,
): Promise<{ id: string; email: string }> {
  const password = await hashPassword(newPassword);
  const { user, isFirstProof } = await transaction((tx) => resetWithin(tx, token, password));
  forgetSessions();
  sendMail(async () => securityChangeMessage(user, noticeOf(isFirstProof)));
  return { id: user.id, email: user.email };
}

async function resetWithin(tx: Transaction, token: string, password: string): Promise<Reset> {
  const { user, provenEmail } = await openLink(tx, token, "reset-password");
  if (provenEmail !== null && provenEmail !== user.email) {
    throw linkRefused();
  }
  const isFirstProof = provenEmail !== null && !user.emailVerified;
  await storePassword(tx, user.id, password);
  if (isFirstProof) {
    await removeUnprovenWaysIn(tx, user.id);
    await tx.user.update({ where: { id: user.id }, data: { emailVerified: true } });
  }
  // Sessions go last: one that is stored after them finds that what proved it is gone.
  await endAllUnderWay(tx, user.id);
  return { user, isFirstProof };
}

/** A person who came by another provider so far gets a password of their own. */
async function storePassword(tx: Transaction, userId: string, password: string): Promise<void> {
  const providerId = "credential";
  const { count } = await tx.account.updateMany({
    where: { userId, providerId },
    data: { password },
  });
  if (count === 0) {
    await tx.account.create({
      data: { id: randomUUID(), accountId: userId, providerId, userId, password },
    });
  }
}

/** Sessions and what they let in, links in other mails, and passkeys on their way. */
async function endAllUnderWay(tx: Transaction, userId: string): Promise<void> {
  await deleteSessions(tx, userId);
  await tx.oneTimeToken.deleteMany({ where: { userId } });
  await tx.passkeyChallenge.deleteMany({ where: { userId } });
}

function noticeOf(isFirstProof: boolean): { subject: string; text: string } {
  const rest = isFirstProof
    ? "As your address had not been confirmed before, passkeys, two-step sign-in, API keys and linked accounts were removed: somebody else could have set them up."
    : "Passkeys, two-step sign-in and API keys stay as they were. Remove those that are not yours in the settings.";
  return {
    subject: "Your password was reset",
    text: `Your account has a new password, and all sessions have ended. ${rest}`,
  };
}
