const daySeconds = 86_400;

/** For how long an API key may be made, in seconds, beside for ever. */
export const apiKeyLives = {
  month: 30 * daySeconds,
  quarter: 90 * daySeconds,
  year: 365 * daySeconds,
} as const;

/** How many days the key of a device lasts that was let in. */
export const deviceKeyDays = apiKeyLives.quarter / daySeconds;
