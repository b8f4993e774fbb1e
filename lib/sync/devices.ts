import "server-only";
import { database, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Change, DeviceResult } from "@/lib/operations/sync";
import { applyChange, type Outcome, resultOf } from "@/lib/sync/apply-change";
import { lockOwner, writeTogether } from "@/lib/sync/door";
import { assertContinuable, type FeedPage, readFeed } from "@/lib/sync/feed";
import type { Kinds } from "@/lib/sync/kind";

const keptResultsMin = 64;

/** A change with the number that its device gave it, and an id of its own. */
export type DeviceChange = Change & { n: number; changeId: string };

/** The number of a device's latest change that was applied, and the results that are kept for it. */
export type DeviceState = { last: number; results: DeviceResult[] };

export type DeviceChanges = {
  device: string;
  cursor: string | null;
  /** The last `n` whose result the device holds durably. */
  confirmed: number;
  changes: DeviceChange[];
};

type StoredResult = { n: number; changeId: string; result: string };
type KeptOutcome = { status: "stored"; seq: number } | Exclude<Outcome, { status: "stored" }>;

/**
 * Applies a device's own changes in their order, each on its own and each once: one that was applied
 * before gives its first result. The feed that follows is of the same transaction.
 *
 * @throws AppError `device_forked` where a number is taken by another change, `device_gap` where one
 *   is missing before these, both with the kept results; `invalid_cursor`; `resync_required`. Nothing
 *   was applied then
 */
export async function applyDeviceChanges(
  userId: string,
  sent: DeviceChanges,
  kinds: Kinds,
  requestId: string,
): Promise<DeviceState & FeedPage> {
  const cursor = sent.cursor ?? undefined;
  if (cursor !== undefined) {
    await assertContinuable(userId, cursor);
  }
  return writeTogether(userId, async (tx) => {
    const last = await lockDevice(tx, userId, sent.device);
    await lockOwner(tx, userId);
    const results = await applyInOrder(tx, userId, sent, last, kinds, requestId);
    const lastNow = Math.max(last, results.at(-1)?.n ?? 0);
    await noteConfirmed(tx, userId, sent, lastNow);
    const page = await readFeed(userId, { cursor }, kinds, tx);
    return { results, last: lastNow, ...page };
  });
}

/** What is kept of a device's changes from a number on; of an unknown device nothing. */
export async function findDeviceState(
  userId: string,
  id: string,
  from: number,
  requestId: string,
  db: Transaction = database(),
): Promise<DeviceState> {
  const device = await db.syncDevice.findFirst({
    where: { userId, id },
    select: { last: true, results: { where: { n: { gte: from } }, orderBy: { n: "asc" } } },
  });
  const results = (device?.results ?? []).map((stored) => answered(stored, requestId));
  return { last: device?.last ?? 0, results };
}

async function lockDevice(tx: Transaction, userId: string, id: string): Promise<number> {
  await tx.$executeRaw`
    INSERT INTO "syncDevice" ("userId", "id") SELECT "userId", ${id}::uuid FROM "syncState"
    WHERE "userId" = ${userId} ON CONFLICT DO NOTHING`;
  const [device] = await tx.$queryRaw<{ last: number }[]>`
    SELECT "last" FROM "syncDevice" WHERE "userId" = ${userId} AND "id" = ${id}::uuid FOR UPDATE`;
  return device?.last ?? 0;
}

async function applyInOrder(
  tx: Transaction,
  userId: string,
  { device, changes }: DeviceChanges,
  last: number,
  kinds: Kinds,
  requestId: string,
): Promise<DeviceResult[]> {
  const known = await findKnown(tx, userId, device, changes);
  const fault = faultOf(known, changes, last);
  if (fault) {
    throw await refusedDevice(fault, tx, userId, device, requestId);
  }
  const results: DeviceResult[] = [];
  const applied: StoredResult[] = [];
  let next = last + 1;
  for (const change of changes) {
    const { n, changeId } = change;
    const before = known.find((stored) => stored.n === n);
    if (before) {
      results.push(answered(before, requestId));
    } else if (n < next) {
      // It was confirmed, and its result is not kept any more.
      results.push({ n, changeId, status: "stored" });
    } else {
      const stored = await applyNext(tx, userId, change, kinds);
      applied.push(stored);
      known.push(stored);
      results.push(answered(stored, requestId));
      next += 1;
    }
  }
  await tx.syncResult.createMany({
    data: applied.map((stored) => ({ ...stored, userId, deviceId: device })),
  });
  return results;
}

/** Whether a number or an id belongs to another change, or a change is missing before one of these. */
function faultOf(
  kept: { n: number; changeId: string }[],
  changes: DeviceChange[],
  last: number,
): "device_forked" | "device_gap" | undefined {
  const known = [...kept];
  let next = last + 1;
  for (const { n, changeId } of changes) {
    if (known.some((other) => (other.n === n) !== (other.changeId === changeId))) {
      return "device_forked";
    }
    if (n > next) {
      return "device_gap";
    }
    known.push({ n, changeId });
    next = Math.max(next, n + 1);
  }
  return undefined;
}

function findKnown(tx: Transaction, userId: string, deviceId: string, changes: DeviceChange[]) {
  return tx.syncResult.findMany({
    where: {
      userId,
      deviceId,
      OR: [
        { n: { in: changes.map(({ n }) => n) } },
        { changeId: { in: changes.map(({ changeId }) => changeId) } },
      ],
    },
    select: { n: true, changeId: true, result: true },
  });
}

async function applyNext(
  tx: Transaction,
  userId: string,
  { n, changeId, ...change }: DeviceChange,
  kinds: Kinds,
): Promise<StoredResult> {
  const result = JSON.stringify(kept(await applyChange(tx, userId, change, kinds)));
  return { n, changeId, result };
}

function kept(outcome: Outcome): KeptOutcome {
  return outcome.status === "stored" ? { status: "stored", seq: outcome.seq } : outcome;
}

function answered({ n, changeId, result }: StoredResult, requestId: string): DeviceResult {
  const outcome = fromStored(result);
  return outcome.status === "stored"
    ? { n, changeId, ...outcome }
    : { n, changeId, ...resultOf(outcome, requestId) };
}

/** Written by `applyNext` alone, and not parsed by a schema: an earlier version of the app may have. */
function fromStored(result: string): KeptOutcome {
  return JSON.parse(result) as KeptOutcome;
}

/** Notes what the device holds, and forgets results that it has, but for the last 64. */
async function noteConfirmed(
  tx: Transaction,
  userId: string,
  { device, confirmed }: DeviceChanges,
  last: number,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "syncDevice"
    SET "last" = ${last}::int, "lastSeenAt" = ${new Date()}::timestamptz,
      "confirmed" = GREATEST("confirmed", LEAST(${confirmed}::int, ${last}::int))
    WHERE "userId" = ${userId} AND "id" = ${device}::uuid`;
  await tx.$executeRaw`
    DELETE FROM "syncResult" WHERE "userId" = ${userId} AND "deviceId" = ${device}::uuid
      AND "n" <= LEAST(${confirmed}::int, ${last - keptResultsMin}::int)`;
}

const refusals = {
  device_forked: "The number, or the id, of one of these changes belongs to another change.",
  device_gap: "A change of this device is missing before these.",
};

/** The device takes a new id and sends again what is not among these results. */
async function refusedDevice(
  code: "device_forked" | "device_gap",
  tx: Transaction,
  userId: string,
  device: string,
  requestId: string,
): Promise<AppError> {
  const members = await findDeviceState(userId, device, 1, requestId, tx);
  const detail = `${refusals[code]} Take a new device id, and send again what is not in results.`;
  return new AppError(code, detail, { members });
}
