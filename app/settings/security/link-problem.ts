import { isProviderFailure, type ProviderFailure } from "@/lib/operations/sign-in-ways";

const otherwise = "The account was not linked. Try again.";

const words: Record<ProviderFailure, string> = {
  cancelled: "The account was not linked, because you said no there.",
  expired: "Linking took too long or began in another tab. Try again.",
  provider_failed: otherwise,
  provider_address_not_confirmed:
    "That account has no confirmed address, so it was not linked. Confirm it there, then try again.",
  own_address_not_confirmed: "Confirm your own address first, then link the account.",
  account_exists: otherwise,
  linked_elsewhere: "That account signs in somebody else here already, so it was not linked.",
  sign_ups_closed: otherwise,
  signed_out: "You were signed out on the way, so nothing was linked. Try again.",
  rate_limited: "Too many tries. Wait a few minutes, then link the account again.",
  unavailable: "The server was not available for a moment, so nothing was linked. Try again.",
};

/**
 * What went wrong on the way back from a provider, in words. Codes that are not known get a general word.
 *
 * @param hasMail whether an address can be confirmed on this site
 */
export function linkProblem(code: string, hasMail: boolean): string {
  if (code === "own_address_not_confirmed" && !hasMail) {
    return "That account has a different address, and yours is not confirmed, so it was not linked.";
  }
  return isProviderFailure(code) ? words[code] : otherwise;
}
