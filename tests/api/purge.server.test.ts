import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Database, database, shareDatabase } from "@/lib/db/client";
import {
  fillCounters,
  noteDeleted,
  patience,
  purgeToItsEnd,
  startProcess,
} from "@/tests/support/purge";

let client: Database;

beforeEach(async () => {
  client = database();
  await client.rateLimit.deleteMany();
});

afterEach(() => shareDatabase(client));

describe("the purge of what ended, beside other processes", () => {
  it("leaves everything to the process that purges", async () => {
    await fillCounters(2_500);
    const deleted = noteDeleted();
    const { purgeEnded } = await startProcess();
    await database().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS "one" FROM pg_advisory_xact_lock(72707370)`;
      purgeEnded();
      await expect.poll(() => deleted, patience).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    }, patience);
    expect(await database().rateLimit.count()).toBe(2_500);
  });

  it("skips a row that a request has locked", async () => {
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
