import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate, migrationNames } from "@/lib/db/migrate.mjs";
import { databaseUrl, onServer } from "@/tests/setup/database-template";
import { startBouncer } from "@/tests/support/pg-bouncer";

type Connection = Parameters<typeof migrate>[0];

const locksHere = `SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database
  WHERE locktype = 'advisory' AND datname = current_database()`;
const serverUrl = process.env.TEST_DATABASE_URL ?? "";

describe("the runner on a server", () => {
  let name = "";
  let url = "";
  let ends: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    name = `evo_todo_test_${Math.floor(Date.now() / 1_000)}_${crypto.randomUUID().slice(0, 8)}`;
    url = databaseUrl(serverUrl, name);
    await onServer(serverUrl, (server) => server.query(`CREATE DATABASE "${name}"`));
  });

  afterEach(async () => {
    for (const end of ends.toReversed()) {
      await end();
    }
    ends = [];
    await onServer(serverUrl, (server) => server.query(`DROP DATABASE "${name}" WITH (FORCE)`));
  });

  it("applies once when many processes migrate at once", async () => {
    expect((await migrateAtOnce(url, 5)).flat()).toEqual(migrationNames());
  });

  it("leaves no lock behind a pooler that lends each connection for one transaction, however often", async () => {
    const bouncer = await startBouncer(url, { default_pool_size: "3" });
    ends.push(bouncer.stop);
    for (let run = 0; run < 20; run += 1) {
      await inDatabase("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
      const applied = await migrateAtOnce(bouncer.url, 3);
      expect(applied.flat().toSorted()).toEqual(migrationNames());
      expect(await inDatabase(locksHere)).toEqual([]);
    }
  });

  it("waits for a session that holds Prisma's lock, and migrates once it is free", async () => {
    const { end } = await hold("SELECT pg_advisory_lock(72707369)");
    const told: string[] = [];
    const onWait = (holders: string) => {
      told.push(holders);
      void end();
    };
    expect(await migrateOver(url, { onWait })).toEqual(migrationNames());
    expect(told).toHaveLength(1);
  });

  it("says for whom it waited, since when, and what to set, when the wait is over", async () => {
    const { pid } = await hold("SELECT pg_advisory_lock(72707369)");
    const told: string[] = [];
    const onWait = (holders: string) => told.push(holders);
    const holder = `pid ${pid} \\(application_name "a stranger", idle, since 20\\d\\d-[-0-9T:]+Z\\)`;
    await expect(migrateOver(url, { patience: 2_500, onWait })).rejects.toThrow(
      new RegExp(`gave up waiting for ${holder}\\. .*pg_terminate_backend.*DIRECT_URL`),
    );
    expect(told).toEqual([expect.stringMatching(new RegExp(`^${holder}$`))]);
  });

  it("names the session that holds a table", async () => {
    await migrateOver(url);
    await inDatabase(
      `DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_single_keys';
       ALTER TABLE "user" DROP COLUMN "singleKeys"`,
    );
    const { pid } = await hold(`BEGIN; SELECT 1 FROM "user"`);
    await expect(migrateOver(url, { patience: 100 })).rejects.toThrow(
      `pid ${pid} (application_name "a stranger", idle in transaction, since`,
    );
  });

  it("asks for no lock when nothing is to do", async () => {
    await migrateOver(url);
    await hold("SELECT pg_advisory_lock(72707369)");
    expect(await migrateOver(url, { patience: 100 })).toEqual([]);
  });

  it.each([
    ["statement_timeout", "200"],
    ["lock_timeout", "1"],
    ["idle_in_transaction_session_timeout", "1"],
    ["default_transaction_read_only", "on"],
    ["default_transaction_isolation", "serializable"],
    ["search_path", "elsewhere"],
    ["standard_conforming_strings", "off"],
  ])("migrates whatever the database says of %s", async (setting, value) => {
    await inDatabase(
      `CREATE SCHEMA elsewhere; ALTER DATABASE "${name}" SET ${setting} = '${value}'`,
    );
    const folder = folderOf(
      "1_slow",
      "CREATE TABLE slow AS SELECT count(*) FROM generate_series(1, 2000000)",
    );
    const applied = await onServer(url, (client) => migrate(asConnection(client), folder));
    expect(applied).toEqual(["1_slow"]);
    expect(
      await inDatabase(
        "SELECT DISTINCT schemaname FROM pg_tables WHERE schemaname IN ('public', 'elsewhere')",
      ),
    ).toEqual([{ schemaname: "public" }]);
  });

  /** A folder with one migration. */
  function folderOf(migration: string, sql: string): string {
    const folder = mkdtempSync(join(tmpdir(), "migrations-"));
    ends.push(async () => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, migration));
    writeFileSync(join(folder, migration, "migration.sql"), sql);
    return folder;
  }

  async function inDatabase(sql: string): Promise<unknown[]> {
    return (await onServer(url, (client) => client.query(sql))).rows;
  }

  /** Keeps a session open in which a statement has run. */
  async function hold(sql: string): Promise<{ pid: number; end: () => Promise<void> }> {
    const client = new pg.Client({ connectionString: url, application_name: "a stranger" });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    await client.query(sql);
    const end = () => client.end();
    ends.push(end);
    return { pid: rows[0]?.pid ?? 0, end };
  }
});

type Options = NonNullable<Parameters<typeof migrate>[2]>;

function migrateOver(url: string, options: Options = {}): Promise<string[]> {
  return onServer(url, (client) => migrate(asConnection(client), undefined, options));
}

function migrateAtOnce(url: string, times: number): Promise<string[][]> {
  return Promise.all(Array.from({ length: times }, () => migrateOver(url)));
}

function asConnection(client: pg.Client): Connection {
  return {
    query: (sql, parameters) => client.query(sql, parameters),
    exec: (sql) => client.query(sql),
  };
}
