import "server-only";
import { limitRequests } from "@/lib/auth/limits";
import { AppError } from "@/lib/errors";

/**
 * Counts a mail that nobody asked for at its address, and tells whether it would be one too many in
 * an hour.
 *
 * @param subject what the mails are counted for; the address alone counts those that were asked for
 */
export async function isMailLimitReached(subject: string): Promise<boolean> {
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
