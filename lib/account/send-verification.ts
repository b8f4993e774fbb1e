import "server-only";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { confirmAddressMessage, linkLifeSeconds } from "@/lib/mail/link-messages";
import { sendMail } from "@/lib/mail/send-mail";

/** Sends a person the link that confirms their address. Returns at once. */
export function sendVerification(user: { id: string; email: string; name: string }): void {
  sendMail(async () => {
    const token = await issueOneTimeToken(user.id, "verify-email", linkLifeSeconds, user.email);
    return confirmAddressMessage(user, token);
  });
}
