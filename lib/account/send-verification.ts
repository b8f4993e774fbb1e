import "server-only";
import { countMail } from "@/lib/account/count-mail";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { confirmAddressMessage, linkLifeSeconds } from "@/lib/mail/link-messages";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Sends a person the link that confirms their address. Returns at once. Of accounts that are made and
 * deleted again and again with one address, it hears a few times an hour at most.
 */
export function sendVerification(user: { id: string; email: string; name: string }): void {
  sendMail(async () => {
    if (!(await countMail(`sign-up ${user.email}`))) {
      return null;
    }
    const token = await issueOneTimeToken(user.id, "verify-email", linkLifeSeconds, user.email);
    return confirmAddressMessage(user, token);
  });
}
