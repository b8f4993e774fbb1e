import { isProviderFailure, type ProviderFailure } from "@/lib/operations/sign-in-ways";

const otherwise = "Signing in there did not work. Try again, or use another way.";

/** Why a sign-in with a provider came to nothing, by the `error` in the address it came back to. */
const words: Record<ProviderFailure, string> = {
  cancelled: "Signing in there was canceled. Try again, or use another way.",
  expired: "It took too long, or it began in another browser. Start again from here.",
  provider_failed: otherwise,
  provider_address_not_confirmed:
    "The address of that account is not confirmed there, so it cannot be used here.",
  own_address_not_confirmed:
    "An account with this address exists, but its address is not confirmed yet. Sign in with your password and confirm it first.",
  account_exists:
    "An account with this address exists already. Sign in to it, then link the other one in settings.",
  linked_elsewhere: "That account belongs to somebody else here already.",
  sign_ups_closed: "This site takes no new accounts. If you have one here, sign in to it.",
  signed_out: "Your session ended meanwhile. Sign in, then link the account again in settings.",
  rate_limited: "Too many tries. Wait a minute, then try again.",
  unavailable: "The site could not finish it just now. Try again in a moment.",
};

/**
 * The words for an `?error=` of the address, or null without one. Unknown ones get words for all.
 *
 * @param hasMail whether an address can be confirmed on this site
 */
export function providerFailure(
  error: string | string[] | undefined,
  hasMail: boolean,
): string | null {
  if (typeof error !== "string") {
    return null;
  }
  if (error === "own_address_not_confirmed" && !hasMail) {
    return "An account with this address exists, but its address is not confirmed. Sign in with your password.";
  }
  return isProviderFailure(error) ? words[error] : otherwise;
}
