import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import { database, shareDatabase } from "@/lib/db/client";
import { createUser, randomText } from "@/tests/support/users";

const day = 86_400_000;

/** Until when a purge has to be over: nothing waits for it. */
export const patience = { timeout: 30_000 };

/** What a process of its own would load: it has purged nothing yet. */
export async function startProcess() {
  const shared: unknown = Reflect.get(globalThis, "evoTodo");
  if (shared instanceof Map) {
    shared.delete("purge of what ended");
  }
  vi.resetModules();
  return import("@/lib/auth/purge-ended");
}

/** A purge, from its beginning to its end. */
export async function purgeToItsEnd(): Promise<void> {
  const { purgeEnded } = await startProcess();
  await whileItPurges(purgeEnded);
}

/** Devices are the last that a purge looks for. */
export async function whileItPurges(purgeEnded: () => void): Promise<void> {
  const { id: userId } = await createUser();
  await addDevice(userId, new Date(Date.now() - 400 * day));
  purgeEnded();
  await expect.poll(() => database().syncDevice.count({ where: { userId } }), patience).toBe(0);
}

/** A device that sent changes at this moment for the last time, with the result of one. */
export async function addDevice(userId: string, lastSeenAt: Date): Promise<void> {
  const id = randomUUID();
  await database().syncDevice.create({ data: { userId, id, lastSeenAt, last: 1 } });
  await database().syncResult.create({
    data: { userId, deviceId: id, n: 1, changeId: randomUUID(), result: "{}" },
  });
}

/** How many rows each statement that deletes has deleted, from now on. */
export function noteDeleted(): number[] {
  const deleted: number[] = [];
  const noting = database().$extends({
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

/** Counters that ended two days ago. */
export async function fillCounters(count: number): Promise<void> {
  await database().$executeRaw`
    INSERT INTO "rateLimit" ("id", "key", "count", "lastRequest")
    SELECT gen_random_uuid(), gen_random_uuid(), 1, ${Date.now() - 2 * day}
    FROM generate_series(1, ${count}::int)`;
}

/** An API key with this end. */
export async function addKey(userId: string, expiresAt: Date | null): Promise<void> {
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
