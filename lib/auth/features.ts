import "server-only";
import { env } from "@/lib/env";
import { mailUses } from "@/lib/mail-uses";
import { allProviders } from "@/lib/provider-names";

const sendsMail = env.smtpUrl !== undefined || !env.isProduction;
const off: readonly string[] = sendsMail ? [] : mailUses;

/** What this site offers, by its settings. */
export const features = {
  /** Whether mail reaches people. Development prints it to the terminal instead. */
  mail: sendsMail,
  /** What is off because no mail is sent, in words for people; empty where mail is sent. */
  offWithoutMail: off,
  /** Where else people may sign in from here. */
  providers: allProviders.filter((provider) => env[provider] !== undefined),
  /** Whether anybody may make an account. */
  signUps: env.signUpsAreOpen,
  /** Whether an address has to be confirmed before its account is of use. */
  verifiedEmail: env.requiresVerifiedEmail,
};
