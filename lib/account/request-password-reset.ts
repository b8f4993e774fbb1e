import "server-only";
import { assertDatabaseAnswers } from "@/lib/account/assert-database-answers";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";
import { linkLifeSeconds, resetPasswordMessage } from "@/lib/mail/link-messages";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Sends the owner of an address a link to choose a new password with, if it has an account. Whether
 * it has one is looked up after this has returned.
 *
 * @param email in lower case
 * @throws AppError `unavailable`
 */
export async function requestPasswordReset(email: string): Promise<void> {
  await assertDatabaseAnswers();
  sendMail(async () => {
    const user = await database().user.findUnique({ where: { email } });
    if (!user) {
      return null;
    }
    const token = await issueOneTimeToken(user.id, "reset-password", linkLifeSeconds, email);
    return resetPasswordMessage(user, token);
  });
}
