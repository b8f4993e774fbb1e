import { afterEach, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { type Database, database, shareDatabase } from "@/lib/db/client";
import { withDatabaseDeadline } from "@/lib/deadline";
import { createUser, randomText } from "@/tests/support/users";

const day = 86_400_000;
const patience = { timeout: 30_000 };

// The embedded database has one connection, so nothing there holds a lock meanwhile.
const isServer = inject("databaseTemplate").kind === "server";

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
  it("takes a counter, session, link, visit, ceremony and device of a day ago, and leaves younger ones", async () => {
    const { id: userId } = await createUser();
    await fill(userId, new Date(Date.now() - day - 60_000));
    await fill(userId, new Date(Date.now() - day + 60_000));
    expect(await counts(userId)).toEqual([2, 3, 2, 2, 2, 2]);
    await purgeToItsEnd();
    expect(await counts(userId)).toEqual([1, 2, 1, 1, 1, 1]);
  });

  it("takes an API key thirty days later than that", async () => {
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
    await stopPurge();
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
    await stopPurge();
    expect(deleted).toEqual([]);
  });

  it("ends after its present batch when the process ends, and asks nothing afterwards", async () => {
    await fillCounters(2_500);
    const deleted = noteDeleted();
    const { purgeEnded, stopPurge } = await startProcess();
    purgeEnded();
    await stopPurge();
    expect(deleted).toEqual([1_000]);
    expect(await database().rateLimit.count()).toBe(1_500);
  });
});

describe.runIf(isServer)("the purge of what ended, beside other processes", () => {
  it("leaves all of it to the one that purges", async () => {
    await fillCounters(2_500);
    const deleted = noteDeleted();
    const { purgeEnded } = await startProcess();
    await database().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS "one" FROM pg_advisory_xact_lock(72707370)`;
      purgeEnded();
      await expect.poll(() => deleted, patience).toEqual([0, 0, 0, 0, 0, 0, 0]);
    }, patience);
    expect(await database().rateLimit.count()).toBe(2_500);
  });

  it("passes over a row that a request has locked", async () => {
    await fillCounters(2);
    const [locked] = await database().rateLimit.findMany({ take: 1 });
    await database().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "rateLimit" WHERE "id" = ${locked?.id} FOR UPDATE`;
      await purgeToItsEnd();
    }, patience);
    expect(await database().rateLimit.findMany()).toEqual([locked]);
  });

  it("leaves no lock behind", async () => {
    await fillCounters(2_500);
    await purgeToItsEnd();
    const held = await database().$queryRaw`
      SELECT 1 AS "one" FROM pg_locks WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    expect(held).toEqual([]);
  });
});

/** What a process of its own would load: it has purged nothing yet. */
async function startProcess() {
  const shared = globalThis as typeof globalThis & { evoTodo?: Map<string, unknown> };
  shared.evoTodo?.delete("purge of what ended");
  vi.resetModules();
  return import("@/lib/auth/purge-ended");
}

async function purgeToItsEnd(): Promise<void> {
  const { purgeEnded } = await startProcess();
  await whileItPurges(purgeEnded);
}

/** API keys are the last that a purge looks for. */
async function whileItPurges(purgeEnded: () => void): Promise<void> {
  const { id: userId } = await createUser();
  await addKey(userId, new Date(Date.now() - 400 * day));
  purgeEnded();
  await expect.poll(() => database().apiKey.count({ where: { userId } }), patience).toBe(0);
}

/** How many rows each statement that deletes has deleted, from now on. */
function noteDeleted(): number[] {
  const deleted: number[] = [];
  const noting = client.$extends({
    query: {
      async $executeRaw({ args, query }) {
        const count = await query(args);
        deleted.push(count);
        return count;
      },
    },
  });
  shareDatabase(noting);
  return deleted;
}

async function fillCounters(count: number): Promise<void> {
  await database().$executeRaw`
    INSERT INTO "rateLimit" ("id", "key", "count", "lastRequest")
    SELECT gen_random_uuid(), gen_random_uuid(), 1, ${Date.now() - 2 * day}
    FROM generate_series(1, ${count}::int)`;
}

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

async function addKey(userId: string, expiresAt: Date | null): Promise<void> {
  await database().apiKey.create({
    data: {
      userId,
      id: randomText(),
      name: "k",
      scopes: "tasks:read",
      hash: randomText(),
      lastFour: "abcd",
      expiresAt,
    },
  });
}
