import "server-only";
import { readUserCode } from "@/lib/account/user-code";
import { database } from "@/lib/db/client";

/** What a device asks for, as the person who decides sees it. */
export type DeviceRequest = {
  /** What the device calls itself; nobody has checked it. */
  clientId: string;
  scopes: string[];
  /** Where the request came from, as far as it is known. */
  ipAddress: string | null;
  createdAt: Date;
};

/**
 * The device that waits under a code, or null when none does, or no longer.
 *
 * @param userCode as it was typed: in any case, with or without its dash
 */
export async function findDeviceRequest(userCode: string): Promise<DeviceRequest | null> {
  const code = readUserCode(userCode);
  if (code === null) {
    return null;
  }
  const found = await database().deviceRequest.findUnique({
    where: { userCode: code, status: "pending", expiresAt: { gt: new Date() } },
    select: { clientId: true, scopes: true, ipAddress: true, createdAt: true },
  });
  return found && { ...found, scopes: found.scopes.split(" ") };
}
