import "server-only";
import { toVisit, visitColumns } from "@/lib/account/to-visit";
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
    select: { id: true, ...visitColumns },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: sessionsMax,
  });
  return rows
    .map((row) => ({ id: row.id, ...toVisit(row), current: row.id === currentSessionId }))
    .sort((one, other) => rankOf(other) - rankOf(one));
}

function rankOf({ current, lastSeenAt }: ListedSession): number {
  return current ? Number.POSITIVE_INFINITY : lastSeenAt.getTime();
}
