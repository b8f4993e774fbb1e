import "server-only";

/** For how long a device may wait to be let in. */
export const deviceLifeSeconds = 600;

/** How long a device waits between two polls, and by how much longer once it polled too soon. */
export const pollSeconds = 5;
