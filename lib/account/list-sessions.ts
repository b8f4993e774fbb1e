import "server-only";
import { deviceOf } from "@/lib/account/device-of";
import { database } from "@/lib/db/client";

/** Where somebody is signed in. Nothing here is a credential. */
export type ListedSession = {
  id: string;
  /** Such as "Firefox on Linux". */
  device: string;
  ipAddress: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  /** Whether it is the one that asks. */
  current: boolean;
};

const sessionsMax = 500;

/** The person's live sessions: the one that asks first, then the last used. */
export async function listSessions(
  userId: string,
  currentSessionId: string,
): Promise<ListedSession[]> {
  const rows = await database().session.findMany({
    where: { userId, expiresAt: { gt: new Date() } },
    select: {
      id: true,
      userAgent: true,
      ipAddress: true,
      createdAt: true,
      lastSeenAt: true,
      expiresAt: true,
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: sessionsMax,
  });
  return rows
    .map(({ userAgent, ipAddress, lastSeenAt, ...session }) => ({
      ...session,
      device: deviceOf(userAgent),
      ipAddress: ipAddress || null,
      lastSeenAt: lastSeenAt ?? session.createdAt,
      current: session.id === currentSessionId,
    }))
    .sort((one, other) => rankOf(other) - rankOf(one));
}

function rankOf({ current, lastSeenAt }: ListedSession): number {
  return current ? Number.POSITIVE_INFINITY : lastSeenAt.getTime();
}
