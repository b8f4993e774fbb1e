import "server-only";
import { env } from "@/lib/env";

export type Provider = "github" | "google";

const providers: Provider[] = [];
if (env.github) {
  providers.push("github");
}
if (env.google) {
  providers.push("google");
}

/** What this site offers, by its settings. */
export const features = {
  /** Whether mail reaches people. Development prints it to the terminal instead. */
  mail: env.smtpUrl !== undefined || !env.isProduction,
  /** Where else people may sign in from. */
  providers,
  /** Whether anybody may make an account. */
  signUps: env.signUpsAreOpen,
  /** Whether an address has to be confirmed before its account is of use. */
  verifiedEmail: env.requiresVerifiedEmail,
};
