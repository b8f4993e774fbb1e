/** How many API keys that work a person may have. */
export const apiKeysMax = 100;

/** How many passkeys an account may have. */
export const passkeysMax = 20;

const daySeconds = 86_400;

/** For how long an API key may be made, in seconds, beside for ever. */
export const apiKeyLives = {
  month: 30 * daySeconds,
  quarter: 90 * daySeconds,
  year: 365 * daySeconds,
} as const;

/** How many days the key of a device lasts that was let in. */
export const deviceKeyDays = apiKeyLives.quarter / daySeconds;

/** For how long a device may wait to be let in. */
export const deviceLifeSeconds = 600;

/** How long a device waits between two polls, and by how much longer once it polled too soon. */
export const pollSeconds = 5;
