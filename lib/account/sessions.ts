import "server-only";
import { changeAs, lockUser } from "@/lib/account/locks";
import { forgetSessions } from "@/lib/auth/liveness";
import { deviceName } from "@/lib/auth/request-client";
import { database, type Transaction, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/** A session in the list that its user sees. It contains no credential. */
export type ListedSession = {
  id: string;
  /** Such as "Firefox on Linux". */
  device: string;
  ipAddress: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  /** Whether it is the session that asks. */
  current: boolean;
};

const sessionsMax = 500;

/** A person's live sessions: the one that asks first, then the others by their last use. */
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

/** Describes a session by device, address and times, without any credential. */
export function describeSession({
  userAgent,
  ipAddress,
  createdAt,
  lastSeenAt,
  expiresAt,
}: SessionRow) {
  return {
    device: deviceName(userAgent),
    // Better Auth stores an unknown address as an empty string.
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
 * Ends one of a person's sessions. Its bearer tokens end at once, and a change that it had begun is
 * finished before or refused. Waiting devices are deleted: it is not stored which session approved
 * them.
 *
 * @throws AppError `not_found` for a session that does not exist or belongs to another person,
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
 * Ends all of a person's sessions but one. Their bearer tokens end at once, and changes that they had
 * begun are finished before or refused.
 *
 * @param keptSessionId the session that asks
 * @throws AppError `unauthenticated` when that session ended in the same moment
 */
export async function endOtherSessions(userId: string, keptSessionId: string): Promise<void> {
  await changeAs(userId, keptSessionId, (tx) => deleteSessions(tx, userId, keptSessionId));
  forgetSessions();
}

/**
 * Ends all of a person's sessions. Their bearer tokens end at once, and changes that they had begun
 * are finished before or refused.
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
 * Deletes a person's sessions, and the approved devices that have not fetched their API key yet. The
 * caller calls `forgetSessions` once the transaction is committed.
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

/** Deletes the devices that a person approved and that have not fetched their API key yet. */
async function deleteWaitingDevices(tx: Transaction, userId: string): Promise<void> {
  await tx.deviceRequest.deleteMany({ where: { userId } });
}

/**
 * Ends whatever an intruder may have begun before the password was set: other sessions, links for a
 * password reset or a new address, and sign-ins that wait for their second step.
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
