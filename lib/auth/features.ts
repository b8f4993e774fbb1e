import "server-only";
import { siteOriginOf } from "@/lib/auth/site";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { allProviders, canHavePasskeys } from "@/lib/operations/sign-in-ways";

const sendsMail = env.smtpUrl !== undefined || !env.isProduction;

/** The features that this site offers according to its settings. */
export const features = {
  /** Whether mail is sent. Development prints it to the terminal instead. */
  mail: sendsMail,
  /** The providers that people can sign in with. */
  providers: allProviders.filter((provider) => env[provider] !== undefined),
  /** Whether anybody may make an account. */
  signUps: env.signUpsAreOpen,
  /** Whether an address has to be confirmed before its account can be used. */
  verifiedEmail: env.requiresVerifiedEmail,
};

/** Whether passkeys work on a page, judged by the headers of the request for it. */
export function offersPasskeys(headers: Headers): boolean {
  const origin = siteOriginOf(headers.get("host") ?? "");
  return origin !== null && canHavePasskeys(new URL(origin));
}

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
