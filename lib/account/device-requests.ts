import "server-only";
import { insertApiKey, refuseTooManyKeys } from "@/lib/account/api-keys";
import { apiKeyLives, deviceLifeSeconds, pollSeconds } from "@/lib/account/limits";
import { changeAs, lockUser } from "@/lib/account/locks";
import { hashToken, randomText, randomToken } from "@/lib/auth/cryptography";
import { database, type Transaction, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { type Scope, scopes } from "@/lib/operations/scopes";

/**
 * No vowels, so that codes spell no words, and no letters that look alike (RFC 8628, section 6.1).
 */
const userCodeLetters = "BCDFGHJKLMNPQRSTVWXZ";
const userCodeLength = 8;
const userCodeForm = new RegExp(`^[${userCodeLetters}]{${userCodeLength}}$`);

// A device that keeps to the interval may still arrive early, because network delays vary.
const toleranceMilliseconds = 500;

export type NewDeviceRequest = {
  clientId: string;
  scopes: Scope[];
  /** The address that the request came from, if it is known. */
  ipAddress: string | null;
};

/** A device that waits: the code it polls with, the code its user types, and two times in seconds. */
export type StartedDeviceRequest = {
  deviceCode: string;
  userCode: string;
  expiresIn: number;
  interval: number;
};

/**
 * Starts a device's authorization request (RFC 8628, section 3.2). Only a hash of its code is
 * stored.
 */
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

/** A device's request, as it is shown to the person who decides about it. */
export type DeviceRequest = {
  /** The name the device gave itself, which is not verified. */
  clientId: string;
  scopes: string[];
  /** The address that the request came from, if it is known. */
  ipAddress: string | null;
  createdAt: Date;
};

/**
 * Finds the request that waits under a user code, or null if there is none or it has expired.
 *
 * @param userCode as it was typed: in upper or lower case, with or without the dash
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
 * Approves or denies the device that waits under a user code. A decision is final. The API key is
 * not made yet: the device gets it the next time it polls.
 *
 * @param sessionId the session that asks
 * @param userCode as it was typed
 * @throws AppError `not_found` when no device waits under the code; `conflict` for a user with 100
 *   API keys; `unauthenticated` when the session ended in the same moment
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

/** The same error for a code that is wrong, has expired, or was decided already. */
export function noSuchDevice(): AppError {
  return new AppError(
    "not_found",
    "No device waits under this code. Check the letters, or start over on the device.",
  );
}

/** The answer to a device that polls: its new API key, or why there is none. */
export type DevicePoll =
  | { outcome: "approved"; key: string }
  | { outcome: "pending" | "too soon" | "denied" | "over" | "unknown" };

type DeviceRequestRow = NonNullable<Awaited<ReturnType<typeof lockRequest>>>;

/**
 * Answers a device that polls (RFC 8628, section 3.4). The first poll after the approval gets an API
 * key named after the device. The key is made in the transaction that deletes the request, so of two
 * polls at once only one gets it.
 *
 * @throws AppError `conflict` for a user with 100 API keys
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
    // If the decision came in between, the user is not locked yet: the next poll gets the answer.
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

/** Locks the request, so that parallel polls of one device run one after another. */
async function lockRequest(tx: Transaction, hash: string) {
  await tx.$queryRaw`SELECT 1 FROM "deviceRequest" WHERE "hash" = ${hash} FOR UPDATE`;
  return tx.deviceRequest.findUnique({ where: { hash } });
}

/** A new code for the user to type, without its dash. */
function makeUserCode(): string {
  return randomText(userCodeLetters, userCodeLength);
}

/** A typed code in the form in which it is stored, or null if it cannot be a code. */
function readUserCode(typed: string): string | null {
  const code = typed.trim().replaceAll(/[\s-]/g, "").toUpperCase();
  return userCodeForm.test(code) ? code : null;
}

/** A stored code as it is shown, with its dash. */
function showUserCode(code: string): string {
  return `${code.slice(0, userCodeLength / 2)}-${code.slice(userCodeLength / 2)}`;
}
