/** Where else people may sign in from, on a site that is set up for it. */
export const allProviders = ["github", "google"] as const;

export type Provider = (typeof allProviders)[number];

export const providerNames: Record<Provider, string> = { github: "GitHub", google: "Google" };

const providerFailures = [
  "cancelled",
  "expired",
  "provider_failed",
  "provider_address_not_confirmed",
  "own_address_not_confirmed",
  "account_exists",
  "linked_elsewhere",
  "sign_ups_closed",
  "signed_out",
  "rate_limited",
  "unavailable",
] as const;

/** Why somebody comes back from a provider and is not let in, for the page that tells them. */
export type ProviderFailure = (typeof providerFailures)[number];

/** Whether an `?error=` of the address is one of ours; an address can say anything. */
export function isProviderFailure(code: string): code is ProviderFailure {
  return providerFailures.some((known) => known === code);
}

/**
 * Whether a browser lets the pages of an address use passkeys (WebAuthn Level 3, section 5.1.4): they
 * come over https or from localhost, and their host is a domain name and not an IP address, since a
 * passkey is bound to a name.
 */
export function canHavePasskeys({ protocol, hostname }: Pick<URL, "protocol" | "hostname">) {
  const isIpAddress = /^[\d.]+$|^\[/.test(hostname);
  const isThisMachine = /(^|\.)localhost$/.test(hostname);
  return !isIpAddress && (protocol === "https:" || isThisMachine);
}
