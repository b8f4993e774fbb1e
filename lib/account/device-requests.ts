import "server-only";
import { insertApiKey, refuseTooManyKeys } from "@/lib/account/api-keys";
import { apiKeyLives, deviceLifeSeconds, pollSeconds } from "@/lib/account/limits";
import { changeAs, lockUser } from "@/lib/account/locks";
import { hashToken, randomText, randomToken } from "@/lib/auth/random-token";
import { database, type Transaction, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { type Scope, scopes } from "@/lib/operations/scopes";

/** No vowels, so that no words arise, and nothing that looks like something else (RFC 8628, section 6.1). */
const userCodeLetters = "BCDFGHJKLMNPQRSTVWXZ";
const userCodeLength = 8;
const userCodeForm = new RegExp(`^[${userCodeLetters}]{${userCodeLength}}$`);

// A device that waits as it was told may still be early by what the network varies.
const toleranceMilliseconds = 500;

export type NewDeviceRequest = {
  clientId: string;
  scopes: Scope[];
  /** Where the request came from, as far as it is known. */
  ipAddress: string | null;
};

/** A device that waits: what it polls with, what its person types, and both times in seconds. */
export type StartedDeviceRequest = {
  deviceCode: string;
  userCode: string;
  expiresIn: number;
  interval: number;
};

/** Lets a device ask to be let in (RFC 8628, section 3.2). Of its own code only the hash is stored. */
export async function startDeviceRequest(input: NewDeviceRequest): Promise<StartedDeviceRequest> {
  const deviceCode = randomToken();
  const userCode = makeUserCode();
  const { count } = await database().deviceRequest.createMany({
    data: {
      ...input,
      scopes: input.scopes.join(" "),
      hash: hashToken(deviceCode),
      userCode,
      intervalSeconds: pollSeconds,
      expiresAt: new Date(Date.now() + deviceLifeSeconds * 1_000),
    },
    skipDuplicates: true,
  });
  const isCodeTaken = count === 0;
  return isCodeTaken
    ? startDeviceRequest(input)
    : {
        deviceCode,
        userCode: showUserCode(userCode),
        expiresIn: deviceLifeSeconds,
        interval: pollSeconds,
      };
}

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

/**
 * Lets the device in that waits under a code, or turns it away. Once; it makes nothing yet: the
 * device gets its API key when it asks next.
 *
 * @param sessionId the session that asks
 * @param userCode as it was typed
 * @throws AppError `not_found` when no device waits under it; `conflict` for a user who has as many
 *   API keys as there may be; `unauthenticated` when the session was ended in the same moment
 */
export async function decideDeviceRequest(
  userId: string,
  sessionId: string,
  userCode: string,
  decision: "approved" | "denied",
): Promise<void> {
  const code = readUserCode(userCode);
  await changeAs(userId, sessionId, async (tx) => {
    if (decision === "approved") {
      await refuseTooManyKeys(tx, userId);
    }
    const { count } = await tx.deviceRequest.updateMany({
      where: { userCode: code ?? "", status: "pending", expiresAt: { gt: new Date() } },
      data: { status: decision, userId },
    });
    if (count === 0) {
      throw noSuchDevice();
    }
  });
}

/** The one answer for a code that is wrong, over, or decided upon. */
export function noSuchDevice(): AppError {
  return new AppError(
    "not_found",
    "No device waits under this code. Check the letters, or start over on the device.",
  );
}

/** What a device is told when it asks whether it was let in: its new API key, or why there is none. */
export type DevicePoll =
  | { outcome: "approved"; key: string }
  | { outcome: "pending" | "too soon" | "denied" | "over" | "unknown" };

type DeviceRequestRow = NonNullable<Awaited<ReturnType<typeof lockRequest>>>;

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

async function settle(tx: Transaction, request: DeviceRequestRow): Promise<DevicePoll> {
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

async function notePoll(tx: Transaction, request: DeviceRequestRow): Promise<DevicePoll> {
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

/** A new code for a person to type, without its dash. */
function makeUserCode(): string {
  return randomText(userCodeLetters, userCodeLength);
}

/** A typed code as it is stored, whatever its case and whatever stands between its letters, or null. */
function readUserCode(typed: string): string | null {
  const code = typed.trim().replaceAll(/[\s-]/g, "").toUpperCase();
  return userCodeForm.test(code) ? code : null;
}

/** A stored code as it is shown. */
function showUserCode(code: string): string {
  return `${code.slice(0, userCodeLength / 2)}-${code.slice(userCodeLength / 2)}`;
}
