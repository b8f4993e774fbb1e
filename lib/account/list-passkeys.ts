import "server-only";
import { database } from "@/lib/db/client";

/** A passkey, as its person knows it. */
export type PasskeyEntry = {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** Whether a passkey manager keeps it, so that it outlives the device. */
  backedUp: boolean;
};

/** A person's passkeys, the oldest first. */
export function listPasskeys(userId: string): Promise<PasskeyEntry[]> {
  return database().passkey.findMany({
    where: { userId },
    select: { id: true, name: true, createdAt: true, lastUsedAt: true, backedUp: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}
