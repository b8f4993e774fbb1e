import "server-only";
import { limitRequests } from "@/lib/auth/limits";
import { AppError } from "@/lib/errors";

/**
 * Counts a mail that nobody asked for at its address.
 *
 * @param subject what the mails are counted for. No route may count under the same one: its refusal
 *   would tell whether an address has an account
 * @returns whether it may be sent, being none too many in an hour
 */
export async function countMail(subject: string): Promise<boolean> {
  try {
    await limitRequests("mail", subject);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "rate_limited") {
      return false;
    }
    throw error;
  }
}
