import "server-only";
import { assertDatabaseAnswers } from "@/lib/account/assert-database-answers";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";
import { confirmAddressMessage, linkLifeSeconds } from "@/lib/mail/link-messages";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Sends another link that confirms an address, if it has an account that waits for it. Whether it
 * has one is looked up after this has returned.
 *
 * @param email in lower case
 * @throws AppError `unavailable`
 */
export async function requestVerification(email: string): Promise<void> {
  await assertDatabaseAnswers();
  sendMail(async () => {
    const user = await database().user.findUnique({ where: { email, emailVerified: false } });
    if (!user) {
      return null;
    }
    const token = await issueOneTimeToken(user.id, "verify-email", linkLifeSeconds, email);
    return confirmAddressMessage(user, token);
  });
}
