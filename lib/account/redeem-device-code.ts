import "server-only";
import { apiKeyLives } from "@/lib/account/api-key-lives";
import { deviceLifeSeconds, pollSeconds } from "@/lib/account/device-times";
import { insertApiKey } from "@/lib/account/insert-api-key";
import { lockUser } from "@/lib/account/locks";
import { hashToken } from "@/lib/auth/random-token";
import { type Transaction, transaction } from "@/lib/db/client";
import { scopes } from "@/lib/operations/scopes";

// A device that waits as it was told may still be early by what the network varies.
const toleranceMilliseconds = 500;

/** What a device is told when it asks whether it was let in: its new API key, or why there is none. */
export type DevicePoll =
  | { outcome: "approved"; key: string }
  | { outcome: "pending" | "too soon" | "denied" | "over" | "unknown" };

type Row = NonNullable<Awaited<ReturnType<typeof lockRequest>>>;

/**
 * Answers a device that asks whether it was let in (RFC 8628, section 3.4). The first to ask after
 * the approval gets an API key named after the device, made in the transaction that deletes the
 * request: of two at once, one gets it.
 *
 * @throws AppError `conflict` for a user who has as many API keys as there may be
 */
export function redeemDeviceCode(deviceCode: string, clientId: string): Promise<DevicePoll> {
  return transaction(async (tx) => {
    const hash = hashToken(deviceCode);
    const known = await tx.deviceRequest.findUnique({ where: { hash }, select: { userId: true } });
    if (known?.userId) {
      await lockUser(tx, known.userId);
    }
    const request = await lockRequest(tx, hash);
    if (request?.clientId !== clientId) {
      return { outcome: "unknown" };
    }
    if (request.expiresAt <= new Date()) {
      return { outcome: "over" };
    }
    // Who was not locked first, because the decision came in between, is served by the next poll.
    const isDecided = request.userId === known?.userId && request.status !== "pending";
    return isDecided ? settle(tx, request) : notePoll(tx, request);
  });
}

async function settle(tx: Transaction, request: Row): Promise<DevicePoll> {
  await tx.deviceRequest.delete({ where: { hash: request.hash } });
  if (request.status !== "approved" || request.userId === null) {
    return { outcome: "denied" };
  }
  const asked = request.scopes.split(" ");
  const { key } = await insertApiKey(tx, request.userId, {
    name: request.clientId,
    scopes: scopes.filter((scope) => asked.includes(scope)),
    expiresIn: apiKeyLives.quarter,
  });
  return { outcome: "approved", key };
}

async function notePoll(tx: Transaction, request: Row): Promise<DevicePoll> {
  const now = new Date();
  const earliest =
    (request.lastPolledAt?.getTime() ?? 0) +
    request.intervalSeconds * 1_000 -
    toleranceMilliseconds;
  const isTooSoon = now.getTime() < earliest;
  const slower = Math.min(request.intervalSeconds + pollSeconds, deviceLifeSeconds);
  await tx.deviceRequest.update({
    where: { hash: request.hash },
    data: { lastPolledAt: now, ...(isTooSoon && { intervalSeconds: slower }) },
  });
  return { outcome: isTooSoon ? "too soon" : "pending" };
}

/** Locked, so that parallel polls of one device follow each other. */
async function lockRequest(tx: Transaction, hash: string) {
  await tx.$queryRaw`SELECT 1 FROM "deviceRequest" WHERE "hash" = ${hash} FOR UPDATE`;
  return tx.deviceRequest.findUnique({ where: { hash } });
}
