import "server-only";
import { isMailLimitReached } from "@/lib/account/is-mail-limit-reached";
import { existingAccountMessage } from "@/lib/mail/notice-messages";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Tells the owner of an address that somebody tried to use it for another account, a few times an
 * hour at most. Returns at once.
 */
export function tellOfExistingAccount(email: string): void {
  sendMail(async () => {
    return (await isMailLimitReached(email.toLowerCase())) ? null : existingAccountMessage(email);
  });
}
