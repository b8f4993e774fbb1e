/** Where else people may sign in from, on a site that is set up for it. */
export const allProviders = ["github", "google"] as const;

export type Provider = (typeof allProviders)[number];

export const providerNames: Record<Provider, string> = { github: "GitHub", google: "Google" };
