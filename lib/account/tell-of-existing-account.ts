import "server-only";
import { countMail } from "@/lib/account/count-mail";
import { existingAccountMessage } from "@/lib/mail/notice-messages";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Tells the owner of an address that somebody tried to use it for another account, a few times an
 * hour at most. Returns at once.
 *
 * @param email in lower case
 */
export function tellOfExistingAccount(email: string): void {
  sendMail(async () => {
    return (await countMail(`sign-up ${email}`)) ? existingAccountMessage(email) : null;
  });
}
