/** How many API keys that have not expired a person may have. */
export const apiKeysMax = 100;

/** How many passkeys an account may have. */
export const passkeysMax = 20;

const daySeconds = 86_400;

/** How long an API key may live, in seconds; it may also never expire. */
export const apiKeyLives = {
  month: 30 * daySeconds,
  quarter: 90 * daySeconds,
  year: 365 * daySeconds,
} as const;

/** How many days the API key of an approved device lives. */
export const deviceKeyDays = apiKeyLives.quarter / daySeconds;

/** How long a device may wait for approval. */
export const deviceLifeSeconds = 600;

/** How long a device waits between two polls, and how much longer after it polled too soon. */
export const pollSeconds = 5;
