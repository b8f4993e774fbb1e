import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Database, database, shareDatabase } from "@/lib/db/client";
import { withDatabaseDeadline } from "@/lib/deadline";
import {
  addDevice,
  addKey,
  fillCounters,
  noteDeleted,
  patience,
  purgeToItsEnd,
  startProcess,
  whileItPurges,
} from "@/tests/support/purge";
import { createUser, randomText } from "@/tests/support/users";

const day = 86_400_000;

let client: Database;

beforeEach(async () => {
  client = database();
  await client.rateLimit.deleteMany();
});

afterEach(() => {
  vi.restoreAllMocks();
  shareDatabase(client);
});

describe("the purge of what ended", () => {
  it("deletes a counter, session, link, OAuth state, challenge and device of a day ago, and no newer ones", async () => {
    const { id: userId } = await createUser();
    await fill(userId, new Date(Date.now() - day - 60_000));
    await fill(userId, new Date(Date.now() - day + 60_000));
    expect(await counts(userId)).toEqual([2, 3, 2, 2, 2, 2]);
    await purgeToItsEnd();
    expect(await counts(userId)).toEqual([1, 2, 1, 1, 1, 1]);
  });

  it("deletes an API key thirty days later than that", async () => {
    const { id: userId } = await createUser();
    const younger = new Date(Date.now() - 31 * day + 60_000);
    await addKey(userId, younger);
    await addKey(userId, new Date(Date.now() - 31 * day - 60_000));
    await addKey(userId, null);
    await purgeToItsEnd();
    const left = await database().apiKey.findMany({
      where: { userId },
      orderBy: { expiresAt: "asc" },
    });
    expect(left.map(({ expiresAt }) => expiresAt)).toEqual([younger, null]);
  });

  it("deletes a device that nobody has seen for 180 days, with its results, and no other", async () => {
    const { id: userId } = await createUser();
    const younger = new Date(Date.now() - 180 * day + 60_000);
    await addDevice(userId, younger);
    await addDevice(userId, new Date(Date.now() - 180 * day - 60_000));
    await purgeToItsEnd();
    const where = { where: { userId } };
    const [device, ...others] = await database().syncDevice.findMany(where);
    expect([device?.lastSeenAt, others]).toEqual([younger, []]);
    const results = await database().syncResult.findMany(where);
    expect(results.map(({ deviceId }) => deviceId)).toEqual([device?.id]);
  });

  it("goes in batches of a thousand, however much there is", async () => {
    await fillCounters(2_500);
    const deleted = noteDeleted();
    await purgeToItsEnd();
    expect(deleted.slice(0, 3)).toEqual([1_000, 1_000, 500]);
  });

  it("has half a minute for each batch, whatever is left of the request that began it", async () => {
    await fillCounters(2_500);
    const timers = vi.spyOn(globalThis, "setTimeout");
    const { purgeEnded, stopPurge } = await startProcess();
    await withDatabaseDeadline(async () => purgeEnded(), 1);
    await expect.poll(() => database().rateLimit.count(), patience).toBe(0);
    await stopPurge(patience.timeout);
    const deadlines = timers.mock.calls.map(([, milliseconds]) => milliseconds);
    expect(deadlines.filter((milliseconds) => milliseconds === 30_000).length).toBeGreaterThan(2);
  });

  it("begins once an hour in a process, and no sooner", async () => {
    const clock = vi.spyOn(performance, "now").mockReturnValue(0);
    const { purgeEnded, stopPurge } = await startProcess();
    await whileItPurges(purgeEnded);
    clock.mockReturnValue(3_600_000);
    await whileItPurges(purgeEnded);
    const deleted = noteDeleted();
    clock.mockReturnValue(7_199_999);
    purgeEnded();
    await stopPurge(patience.timeout);
    expect(deleted).toEqual([]);
  });

  it("stops after its current batch when the process ends, and sends nothing afterwards", async () => {
    await fillCounters(2_500);
    const deleted = noteDeleted();
    const { purgeEnded, stopPurge } = await startProcess();
    purgeEnded();
    await stopPurge(patience.timeout);
    expect(deleted).toEqual([1_000]);
    expect(await database().rateLimit.count()).toBe(1_500);
  });

  it("holds up the end of its process no longer than it may, however slow its batch is", async () => {
    const begun = vi.fn();
    const hanging = database().$extends({
      query: {
        $executeRaw: () => {
          begun();
          return new Promise<never>(() => {});
        },
      },
    });
    shareDatabase(hanging);
    const { purgeEnded, stopPurge } = await startProcess();
    purgeEnded();
    await expect.poll(() => begun.mock.calls.length, patience).toBe(1);
    await expect(stopPurge(1)).resolves.toBeUndefined();
  });
});

/** One of each that ended at this moment. */
async function fill(userId: string, expiresAt: Date): Promise<void> {
  const db = database();
  const lastRequest = expiresAt.getTime();
  await db.rateLimit.create({
    data: { id: randomText(), key: userId + lastRequest, count: 1, lastRequest },
  });
  await db.session.create({ data: { id: randomText(), token: randomText(), userId, expiresAt } });
  await db.oneTimeToken.create({
    data: { hash: randomText(), userId, purpose: "verify-email", expiresAt },
  });
  await db.verification.create({
    data: { id: randomText(), identifier: userId, value: "{}", expiresAt },
  });
  await db.passkeyChallenge.create({
    data: { hash: randomText(), challenge: "c", userId, expiresAt },
  });
  await db.deviceRequest.create({
    data: {
      hash: randomText(),
      userCode: randomText(4),
      clientId: "tool",
      scopes: "tasks:read",
      userId,
      expiresAt,
    },
  });
}

function counts(userId: string): Promise<number[]> {
  const db = database();
  return Promise.all([
    db.rateLimit.count({ where: { key: { startsWith: userId } } }),
    db.session.count({ where: { userId } }),
    db.oneTimeToken.count({ where: { userId } }),
    db.verification.count({ where: { identifier: userId } }),
    db.passkeyChallenge.count({ where: { userId } }),
    db.deviceRequest.count({ where: { userId } }),
  ]);
}
