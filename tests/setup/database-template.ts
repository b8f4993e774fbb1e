import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../../prisma/migrate.mjs";

/** Where each test file gets its own copy of the migrated database from. */
export type DatabaseTemplate =
  | { kind: "snapshot"; path: string }
  | { kind: "server"; url: string; database: string };

declare module "vitest" {
  interface ProvidedContext {
    databaseTemplate: DatabaseTemplate;
  }
}

const databasePrefix = "evo_todo_test_";
const leftoverSeconds = 3_600;

/** Migrates one database per run: in memory, or on the server that TEST_DATABASE_URL names. */
export default async function prepareTemplate(project: TestProject) {
  const url = process.env.TEST_DATABASE_URL;
  const { template, remove } = await (url ? serverTemplate(url) : snapshotTemplate());
  project.provide("databaseTemplate", template);
  return remove;
}

async function snapshotTemplate() {
  const directory = mkdtempSync(join(tmpdir(), "evo-todo-test-"));
  const path = join(directory, "database.tar");
  const database = await PGlite.create();
  await migrate(database);
  const dump = await database.dumpDataDir("none");
  await database.close();
  writeFileSync(path, Buffer.from(await dump.arrayBuffer()));
  const template: DatabaseTemplate = { kind: "snapshot", path };
  return { template, remove: async () => rmSync(directory, { recursive: true }) };
}

async function serverTemplate(url: string) {
  const database = `${databasePrefix}${Math.floor(Date.now() / 1_000)}_${process.pid}_${crypto.randomUUID().slice(0, 4)}`;
  await onServer(url, async (server) => {
    await dropDatabases(server, isLeftover);
    await server.query(`CREATE DATABASE "${database}"`);
  });
  await onServer(databaseUrl(url, database), (client) =>
    migrate({
      query: (sql, parameters) => client.query(sql, parameters),
      exec: (sql) => client.query(sql),
    }),
  );
  const template: DatabaseTemplate = { kind: "server", url, database };
  const remove = () =>
    onServer(url, (server) => dropDatabases(server, (name) => name.startsWith(database)));
  return { template, remove };
}

/** The address of another database on the same server. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Does something over one connection that is closed afterwards. */
export async function onServer<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Whether a database was left behind by a run that was killed. */
function isLeftover(name: string): boolean {
  const madeAt = Number(name.slice(databasePrefix.length).split("_")[0]);
  return madeAt < Date.now() / 1_000 - leftoverSeconds;
}

async function dropDatabases(server: pg.Client, isDropped: (name: string) => boolean) {
  const { rows } = await server.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
    [databasePrefix],
  );
  for (const { datname } of rows.filter((row) => isDropped(row.datname))) {
    await server.query(`DROP DATABASE "${datname}" WITH (FORCE)`);
  }
}
