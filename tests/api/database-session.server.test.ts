import { PrismaPg } from "@prisma/adapter-pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readDatabaseUrl } from "@/lib/database-url.mjs";
import {
  createDatabase,
  type Database,
  database,
  shareDatabase,
  type Transaction,
  transaction,
} from "@/lib/db/client";
import { connectToServer } from "@/lib/db/connect-server.mjs";
import { migrate, migrationNames } from "@/lib/db/migrate.mjs";
import { createPool } from "@/lib/db/pool";
import { listTasksQuery } from "@/lib/operations/tasks/list-tasks-query";
import { createTaskInput } from "@/lib/operations/tasks/schemas";
import { createTask } from "@/lib/tasks/create-task";
import { listTasks } from "@/lib/tasks/list-tasks";
import { updateTask } from "@/lib/tasks/update-task";
import { databaseUrl, onServer } from "@/tests/setup/database-template";
import { startBouncer } from "@/tests/support/pg-bouncer";
import { createUser } from "@/tests/support/users";

const serverUrl = process.env.TEST_DATABASE_URL ?? "";

const usual = {
  TimeZone: "UTC",
  DateStyle: "ISO, MDY",
  IntervalStyle: "postgres",
  client_encoding: "UTF8",
  standard_conforming_strings: "on",
  transaction_isolation: "read committed",
  transaction_read_only: "off",
  lock_timeout: "0",
  idle_in_transaction_session_timeout: "5s",
  bytea_output: "hex",
  extra_float_digits: "1",
  lc_numeric: "C",
  lc_monetary: "C",
  lc_time: "C",
};

let name = "";
let url = "";
let own: Database;
let ends: (() => Promise<unknown>)[] = [];

describe("a server whose settings are not the usual ones", () => {
  beforeEach(() => {
    own = database();
    name = `evo_todo_test_${Math.floor(Date.now() / 1_000)}_${crypto.randomUUID().slice(0, 8)}`;
    url = databaseUrl(serverUrl, name);
  });

  afterEach(async () => {
    shareDatabase(own);
    for (const end of ends.toReversed()) {
      await end();
    }
    ends = [];
    await atServer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  });

  const unusual: [setting: string, value: string][] = [
    ["DateStyle", "German, DMY"],
    ["DateStyle", "SQL, MDY"],
    ["IntervalStyle", "iso_8601"],
    ["TimeZone", "Asia/Kathmandu"],
    ["search_path", "elsewhere, public"],
    ["client_encoding", "LATIN1"],
    ["standard_conforming_strings", "off"],
    ["default_transaction_isolation", "serializable"],
    ["default_transaction_read_only", "on"],
    ["statement_timeout", "60s"],
    ["lock_timeout", "1ms"],
    ["idle_in_transaction_session_timeout", "60s"],
    ["bytea_output", "escape"],
    ["extra_float_digits", "-15"],
    ["lc_numeric", "POSIX"],
    ["lc_monetary", "POSIX"],
    ["lc_time", "POSIX"],
  ];

  it.each(unusual)("%s = %s changes nothing", async (setting, value) => {
    await makeDatabase();
    await atServer(`ALTER DATABASE "${name}" SET ${setting} = ${settingText(setting, value)}`);
    await openApp(url);
    await expectUsual();
  });

  it("nothing changes when all of them meet, for the role", async () => {
    await makeDatabase();
    const role = await makeRole("LOGIN");
    await inDatabase(
      `GRANT CREATE ON DATABASE "${name}" TO ${role}; GRANT ALL ON SCHEMA public, elsewhere TO ${role}`,
    );
    for (const [setting, value] of unusual) {
      await atServer(`ALTER ROLE ${role} SET ${setting} = ${settingText(setting, value)}`);
    }
    await openApp(as(role));
    await expectUsual();
  });

  it("nothing changes when all of them meet, behind a pooler that has connections of other programs", async () => {
    await makeDatabase();
    for (const [setting, value] of unusual) {
      await atServer(`ALTER DATABASE "${name}" SET ${setting} = ${settingText(setting, value)}`);
    }
    const bouncer = await startBouncer(url, { default_pool_size: "2" });
    ends.push(bouncer.stop);
    await openApp(bouncer.url);
    await expectUsual();
    await Promise.all([1, 2, 3, 4].map(expectUsual));
  });

  it("what the app needs stays with the app, behind a pooler", async () => {
    await makeDatabase();
    const bouncer = await startBouncer(url, { default_pool_size: "1" });
    ends.push(bouncer.stop);
    await openApp(bouncer.url);
    await expectUsual();
    const { rows } = await onServer(bouncer.url, (client) =>
      client.query("SHOW statement_timeout"),
    );
    expect(rows).toEqual([{ statement_timeout: "0" }]);
  });

  it.each([
    ["?schema=my%20tasks", "my tasks"],
    ["?options=-c%20search_path%3Delsewhere,public", "elsewhere"],
  ])("with %s all tables are in one schema", async (query, schema) => {
    await makeDatabase();
    await openApp(`${url}${query}`);
    await expectUsual();
    expect(await schemasOfTables()).toEqual([schema]);
  });

  it("with a schema of its own the app works behind a pooler", async () => {
    await makeDatabase();
    const bouncer = await startBouncer(url, { default_pool_size: "2" });
    ends.push(bouncer.stop);
    await openApp(`${bouncer.url}?schema=tasks`);
    await expectUsual();
    expect(await schemasOfTables()).toEqual(["tasks"]);
  });

  it("an encoding that cannot store every text is refused by name", async () => {
    await atServer(
      `CREATE DATABASE "${name}" ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
    );
    await expect(connectToServer(url)).rejects.toThrow(
      /LATIN1 \(server_encoding\).*ENCODING 'UTF8'/,
    );
  });

  it("a database without an encoding stores every text", async () => {
    await atServer(
      `CREATE DATABASE "${name}" ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
    );
    await openApp(url);
    await expectUsual();
  });

  it("a missing privilege on the schema is refused with the way out", async () => {
    await makeDatabase();
    const role = await makeRole("LOGIN");
    await expect(openApp(as(role))).rejects.toThrow(
      /lacks a privilege.*GRANT USAGE, CREATE ON SCHEMA.*\?schema=/,
    );
    await expect(openApp(`${as(role)}?schema=tasks`)).rejects.toThrow(/GRANT CREATE ON DATABASE/);
  });
});

/** A value as SQL writes it; that of a search path is a list. */
function settingText(setting: string, value: string): string {
  return setting === "search_path" ? value : `'${value}'`;
}

/** What the app does with texts, dates and times comes out as it went in. */
async function expectUsual(): Promise<void> {
  expect(await transaction(settingsIn)).toEqual(usual);
  const { id: userId } = await createUser();
  const title = "Ä 🥾 back\\slash 'quote' \\' %";
  const input = createTaskInput.parse({ title, dueDate: "2026-02-03", priority: "high" });
  const { resource: made } = await createTask({ userId }, input, "once");
  expect(made).toMatchObject({ title, dueDate: "2026-02-03", priority: "high" });
  expect(Math.abs(Date.parse(made.createdAt) - Date.now())).toBeLessThan(60_000);
  expect((await createTask({ userId }, input, "once")).isReplayed).toBe(true);
  const done = await updateTask({ userId }, made.id, { completed: true });
  const found = await listTasks({ userId }, listTasksQuery.parse({ q: "BACK\\SLASH" }));
  expect(found.data).toEqual([done]);
  expect(found.data[0]).toMatchObject({ title, createdAt: made.createdAt, completed: true });
}

/** What a statement of the app finds, by name. */
async function settingsIn(tx: Transaction): Promise<Record<string, string>> {
  const rows = await tx.$queryRaw<{ name: string; setting: string }[]>`
    SELECT name, current_setting(name) AS setting FROM unnest(${Object.keys(usual)}::text[]) AS name`;
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
}

async function makeDatabase(): Promise<void> {
  await atServer(`CREATE DATABASE "${name}"`);
  await inDatabase("CREATE SCHEMA elsewhere; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
}

/** Migrates a database as the app does at start, and has the app use it. */
async function openApp(address: string): Promise<void> {
  const connection = await connectToServer(address);
  const { schema } = connection;
  const migrating = migrate(connection, undefined, { schema });
  expect(await migrating.finally(connection.close)).toEqual(migrationNames());
  const pool = createPool(address);
  ends.push(() => pool.end());
  expect(readDatabaseUrl(address).schema).toBe(schema);
  shareDatabase(createDatabase(new PrismaPg(pool, { schema })));
}

async function makeRole(attributes: string): Promise<string> {
  const role = `evo_role_${crypto.randomUUID().slice(0, 8)}`;
  await atServer(`CREATE ROLE ${role} ${attributes}`);
  ends.push(async () => {
    await inDatabase(`DROP OWNED BY ${role} CASCADE`);
    await atServer(`DROP ROLE ${role}`);
  });
  return role;
}

function as(role: string): string {
  const address = new URL(url);
  address.username = role;
  return address.href;
}

async function schemasOfTables(): Promise<string[]> {
  const rows = await inDatabase(
    `SELECT DISTINCT schemaname FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  return rows.map(({ schemaname }) => schemaname);
}

async function inDatabase(sql: string): Promise<{ schemaname: string }[]> {
  return (await onServer(url, (client) => client.query(sql))).rows;
}

function atServer(sql: string) {
  return onServer(serverUrl, (client) => client.query(sql));
}
