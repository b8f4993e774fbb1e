import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../../lib/db/migrate.mjs";
import { demandNumbers } from "./demand-numbers";
import { distributeOnPlainPostgres } from "./distribute";
import { refuseScans } from "./refuse-scans";

/** Where each test file gets its own copy of the migrated database from. */
export type DatabaseTemplate =
  | { kind: "snapshot"; path: string }
  | { kind: "server"; url: string; database: string; statements: string };

declare module "vitest" {
  interface ProvidedContext {
    databaseTemplate: DatabaseTemplate;
  }
}

const databasePrefix = "evo_todo_test_";
const snapshotDirectory = "node_modules/.cache/evo-todo-test";
const leftoverSeconds = 3_600;

/** Migrates one database per run: in memory, or on the server that TEST_DATABASE_URL names. */
export default async function prepareTemplate(project: TestProject) {
  const url = process.env.TEST_DATABASE_URL;
  const { template, remove } = await (url ? serverTemplate(url) : snapshotTemplate());
  project.provide("databaseTemplate", template);
  return remove;
}

/** Made once for these migrations and this PGlite: a first start takes longer than most test files. */
async function snapshotTemplate() {
  const path = join(snapshotDirectory, `${snapshotFingerprint()}.tar`);
  if (!existsSync(path)) {
    mkdirSync(snapshotDirectory, { recursive: true });
    // Under its name only when it is whole, for runs beside this one.
    const unfinished = `${path}.${crypto.randomUUID()}`;
    writeFileSync(unfinished, await migratedSnapshot());
    renameSync(unfinished, path);
  }
  const template: DatabaseTemplate = { kind: "snapshot", path };
  return { template, remove: async () => {} };
}

function snapshotFingerprint(): string {
  const hash = createHash("sha256");
  for (const directory of ["prisma/migrations", "node_modules/@electric-sql/pglite"]) {
    const files = readdirSync(directory, { recursive: true, encoding: "utf8" });
    for (const file of files.filter((name) => /(\.sql|^package\.json)$/.test(name)).sort()) {
      hash.update(`${file}\0`).update(readFileSync(join(directory, file)));
    }
  }
  return hash.update(readFileSync("lib/db/migrate.mjs")).update(demandNumbers).digest("hex");
}

async function migratedSnapshot(): Promise<Buffer> {
  const database = await PGlite.create();
  await migrate(database);
  await database.exec(demandNumbers);
  const dump = await database.dumpDataDir("none");
  await database.close();
  return Buffer.from(await dump.arrayBuffer());
}

async function serverTemplate(url: string) {
  const database = `${databasePrefix}${Math.floor(Date.now() / 1_000)}_${process.pid}_${crypto.randomUUID().slice(0, 4)}`;
  await onServer(url, async (server) => {
    await dropDatabases(server, isLeftover);
    await server.query(`CREATE DATABASE "${database}"`);
  });
  await onServer(databaseUrl(url, database), async (client) => {
    await migrate({
      query: (sql, parameters) => client.query(sql, parameters),
      exec: (sql) => client.query(sql),
    });
    // The whole suite shows that the app works after it.
    await client.query(distributeOnPlainPostgres());
    await client.query(demandNumbers);
  });
  const notes = mkdtempSync(join(tmpdir(), "evo-todo-statements-"));
  const statements = join(notes, "statements");
  const template: DatabaseTemplate = { kind: "server", url, database, statements };
  const remove = async () => {
    try {
      await onServer(databaseUrl(url, database), (client) => refuseScans(client, statements));
    } catch (error) {
      // Vitest prints what goes wrong at the end of a run and would end well.
      process.exitCode = 1;
      throw error;
    } finally {
      rmSync(notes, { recursive: true });
      await onServer(url, (server) => dropDatabases(server, (name) => name.startsWith(database)));
    }
  };
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
