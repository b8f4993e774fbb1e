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
