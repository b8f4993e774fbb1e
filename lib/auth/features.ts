import "server-only";
import { siteOriginOf } from "@/lib/auth/site";
import { env } from "@/lib/env";
import { canHavePasskeys } from "@/lib/passkey-address";
import { allProviders } from "@/lib/provider-names";

const sendsMail = env.smtpUrl !== undefined || !env.isProduction;

/** What this site offers, by its settings. */
export const features = {
  /** Whether mail reaches people. Development prints it to the terminal instead. */
  mail: sendsMail,
  /** Where else people may sign in from here. */
  providers: allProviders.filter((provider) => env[provider] !== undefined),
  /** Whether anybody may make an account. */
  signUps: env.signUpsAreOpen,
  /** Whether an address has to be confirmed before its account is of use. */
  verifiedEmail: env.requiresVerifiedEmail,
};

/** Whether passkeys can work on a page, by the headers of the request for it. */
export function offersPasskeys(headers: Headers): boolean {
  const origin = siteOriginOf(headers.get("host") ?? "");
  return origin !== null && canHavePasskeys(new URL(origin));
}
