import "server-only";
import { features } from "@/lib/auth/features";
import { AppError } from "@/lib/errors";

/** Whether an account's address is confirmed, or the site asks for no confirmation. */
export function isEmailAccepted(user: { emailVerified: boolean }): boolean {
  return user.emailVerified || !features.verifiedEmail;
}

/**
 * Keeps people out whose address is not confirmed, where the site asks for that. Call it once they
 * have proved who they are, so that it tells nobody else.
 *
 * @throws AppError `email_not_verified`
 */
export function requireVerifiedEmail(user: { emailVerified: boolean }): void {
  if (!isEmailAccepted(user)) {
    throw new AppError(
      "email_not_verified",
      "Open the link that we sent to this address, then sign in again.",
    );
  }
}
