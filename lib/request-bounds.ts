/** The bounds of every request, for the code that keeps them and for the docs. Lengths count characters. */
export const bodyBytesMax = 64 * 1024;
export const nestingMax = 32;
export const idempotencyKeyLengthMax = 255;
export const tokenLengthMax = 4 * 1024;

/** How long a repeated write gets the first answer again. */
export const idempotencyKeyHours = 24;

/** What all queries of one request may take together. */
export const databaseMillisecondsPerRequest = 4_000;
