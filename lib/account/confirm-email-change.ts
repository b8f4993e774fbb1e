import "server-only";
import { linkRefused } from "@/lib/account/link-refused";
import { openLink } from "@/lib/account/open-link";
import { isUniqueViolation, type Transaction, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { addressChangedMessage } from "@/lib/mail/notice-messages";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Gives a person the address that the token's mail went to, and tells the former one.
 *
 * @returns the new address
 * @throws AppError `invalid_input` for a token that does not work or is another person's, `conflict`
 *   when the address has got an account since, `unavailable`
 */
export async function confirmEmailChange(userId: string, token: string): Promise<string> {
  const { former, email } = await changed(userId, token);
  sendMail(async () => addressChangedMessage(former));
  return email;
}

async function changed(userId: string, token: string) {
  try {
    return await transaction((tx) => changeWithin(tx, userId, token));
  } catch (error) {
    throw isUniqueViolation(error)
      ? new AppError("conflict", "This address has an account of its own by now.")
      : error;
  }
}

async function changeWithin(tx: Transaction, userId: string, token: string) {
  const { user: former, provenEmail: email } = await openLink(tx, token, "change-email");
  if (former.id !== userId || email === null) {
    throw linkRefused();
  }
  await tx.user.update({ where: { id: userId }, data: { email, emailVerified: true } });
  // Links that went to the former address are no longer its owner's to open.
  await tx.oneTimeToken.deleteMany({
    where: { userId, purpose: { in: ["reset-password", "verify-email"] } },
  });
  return { former, email };
}
