/** How many API keys that work a person may have. */
export const apiKeysMax = 100;

/** How many passkeys an account may have. */
export const passkeysMax = 20;
