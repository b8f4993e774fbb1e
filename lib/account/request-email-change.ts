import "server-only";
import { tellOfExistingAccount } from "@/lib/account/tell-of-existing-account";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";
import { confirmNewAddressMessage, linkLifeSeconds } from "@/lib/mail/link-messages";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Sends a link to the address that a person wants to have. One that has an account is told so, and
 * the person learns nothing of it. Returns at once.
 *
 * @param newEmail in lower case
 */
export function requestEmailChange(userId: string, newEmail: string): void {
  sendMail(async () => {
    if (await database().user.findUnique({ where: { email: newEmail } })) {
      tellOfExistingAccount(newEmail);
      return null;
    }
    const token = await issueOneTimeToken(userId, "change-email", linkLifeSeconds, newEmail);
    return confirmNewAddressMessage(newEmail, token);
  });
}
