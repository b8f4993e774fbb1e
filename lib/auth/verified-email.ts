import "server-only";
import { features } from "@/lib/auth/features";
import { AppError } from "@/lib/errors";

/** Whether an account's address is confirmed, or the site does not require that. */
export function isEmailAccepted(user: { emailVerified: boolean }): boolean {
  return user.emailVerified || !features.verifiedEmail;
}

/**
 * Refuses people whose address is not confirmed, if the site requires that. Call it only after they
 * have proved their identity, so that it reveals nothing to others.
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
