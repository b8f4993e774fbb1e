import "server-only";
import { changeAs, lockUser } from "@/lib/account/locks";
import { forgetSessions } from "@/lib/auth/liveness";
import { deviceName } from "@/lib/auth/request-client";
import { database, type Transaction, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

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
    select: { id: true, ...sessionColumns },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: sessionsMax,
  });
  return rows
    .map((row) => ({ id: row.id, ...describeSession(row), current: row.id === currentSessionId }))
    .sort((one, other) => rankOf(other) - rankOf(one));
}

function rankOf({ current, lastSeenAt }: ListedSession): number {
  return current ? Number.POSITIVE_INFINITY : lastSeenAt.getTime();
}

type SessionRow = {
  userAgent: string | null;
  ipAddress: string | null;
  createdAt: Date;
  lastSeenAt: Date | null;
  expiresAt: Date;
};

/** A session as its owner sees it: by device, address and time. Nothing of it is a credential. */
export function describeSession({
  userAgent,
  ipAddress,
  createdAt,
  lastSeenAt,
  expiresAt,
}: SessionRow) {
  return {
    device: deviceName(userAgent),
    // Better Auth stores an address that is not known as an empty text.
    ipAddress: ipAddress || null,
    createdAt,
    lastSeenAt: lastSeenAt ?? createdAt,
    expiresAt,
  };
}

/** The columns that `describeSession` needs. */
export const sessionColumns = {
  userAgent: true,
  ipAddress: true,
  createdAt: true,
  lastSeenAt: true,
  expiresAt: true,
} as const;

/**
 * Ends one of the person's sessions. Its bearer tokens are dead at once, and what it was changing is
 * done before, or refused. A device that it let in may still wait for its key, and nothing says which.
 *
 * @throws AppError `not_found`, for a session that is somebody else's as for one that never was, and
 *   `unauthenticated` when the account was deleted in the same moment
 */
export async function endSession(userId: string, id: string): Promise<void> {
  const { count } = await transaction(async (tx) => {
    await lockUser(tx, userId);
    await deleteWaitingDevices(tx, userId);
    return tx.session.deleteMany({ where: { id, userId } });
  });
  forgetSessions();
  if (count === 0) {
    throw new AppError("not_found", "There is no session with this id.");
  }
}

/**
 * Ends all of the person's sessions but one. Their bearer tokens are dead at once, and what they were
 * changing is done before, or refused.
 *
 * @param keptSessionId the session that asks
 * @throws AppError `unauthenticated` when it was ended in the same moment
 */
export async function endOtherSessions(userId: string, keptSessionId: string): Promise<void> {
  await changeAs(userId, keptSessionId, (tx) => deleteSessions(tx, userId, keptSessionId));
  forgetSessions();
}

/**
 * Ends all of the person's sessions. Their bearer tokens are dead at once, and what they were changing
 * is done before, or refused.
 *
 * @throws AppError `unauthenticated` when the account was deleted in the same moment
 */
export async function endAllSessions(userId: string): Promise<void> {
  await transaction(async (tx) => {
    await lockUser(tx, userId);
    await deleteSessions(tx, userId);
  });
  forgetSessions();
}

/**
 * Deletes a person's sessions, and the devices that one of them let in and that wait for their key.
 * The caller forgets remembered sessions once the transaction is stored.
 *
 * @param keptSessionId the session that stays, if any
 */
export async function deleteSessions(
  tx: Transaction,
  userId: string,
  keptSessionId: string | null = null,
): Promise<void> {
  const isOther = keptSessionId === null ? {} : { id: { not: keptSessionId } };
  await tx.session.deleteMany({ where: { userId, ...isOther } });
  await deleteWaitingDevices(tx, userId);
}

/** Deletes the devices that a person let in and that have not come for their key. */
async function deleteWaitingDevices(tx: Transaction, userId: string): Promise<void> {
  await tx.deviceRequest.deleteMany({ where: { userId } });
}

/**
 * Ends what somebody else may have begun who got into an account before its password was set: other
 * sessions, links for a reset or another address, and half-done sign-ins.
 *
 * @param sessionId the session that stays
 */
export async function endOtherAccess(
  tx: Transaction,
  userId: string,
  sessionId: string,
): Promise<void> {
  await deleteSessions(tx, userId, sessionId);
  await tx.oneTimeToken.deleteMany({
    where: { userId, purpose: { in: ["reset-password", "change-email", "second-step"] } },
  });
}
