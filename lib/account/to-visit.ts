import "server-only";
import { deviceOf } from "@/lib/account/device-of";

type Row = {
  userAgent: string | null;
  ipAddress: string | null;
  createdAt: Date;
  lastSeenAt: Date | null;
  expiresAt: Date;
};

/** A session as its owner sees it: by device, address and time. Nothing of it is a credential. */
export function toVisit({ userAgent, ipAddress, createdAt, lastSeenAt, expiresAt }: Row) {
  return {
    device: deviceOf(userAgent),
    // Better Auth stores an address that is not known as an empty text.
    ipAddress: ipAddress || null,
    createdAt,
    lastSeenAt: lastSeenAt ?? createdAt,
    expiresAt,
  };
}

/** The columns that `toVisit` needs. */
export const visitColumns = {
  userAgent: true,
  ipAddress: true,
  createdAt: true,
  lastSeenAt: true,
  expiresAt: true,
} as const;
