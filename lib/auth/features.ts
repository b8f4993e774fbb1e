import "server-only";
import { siteOriginOf } from "@/lib/auth/site";
import { env } from "@/lib/env";
import { canHavePasskeys } from "@/lib/passkey-address";
import { allProviders } from "@/lib/provider-names";

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
