import "server-only";
import { createHash } from "node:crypto";

/** For how long a device may wait to be let in. */
export const deviceLifeSeconds = 600;

/** How long a device waits between two polls, and by how much longer once it polled too soon. */
export const pollSeconds = 5;

/** What is stored of a device's code, which has 256 random bits. */
export function hashDeviceCode(deviceCode: string): string {
  return createHash("sha256").update(deviceCode).digest("base64url");
}
