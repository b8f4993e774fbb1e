import "server-only";
import { limitRequests } from "@/lib/auth/limits";
import { AppError } from "@/lib/errors";
import { existingAccountMessage } from "@/lib/mail/notice-messages";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Tells the owner of an address that somebody tried to use it for another account, a few times an
 * hour at most. Returns at once.
 */
export function tellOfExistingAccount(email: string): void {
  sendMail(async () => {
    const isToldEnough = await isLimitReached(`existing account ${email.toLowerCase()}`);
    return isToldEnough ? null : existingAccountMessage(email);
  });
}

async function isLimitReached(subject: string): Promise<boolean> {
  try {
    await limitRequests("mail", subject);
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === "rate_limited") {
      return true;
    }
    throw error;
  }
}
