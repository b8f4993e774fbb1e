import { readFileSync } from "node:fs";
import type { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { inject } from "vitest";
import { createDatabase, shareDatabase } from "@/lib/db/client";
import { createPGlite } from "@/lib/db/create-pglite.mjs";
import { createPool } from "@/lib/db/pool";
import { type DatabaseTemplate, databaseUrl, onServer } from "@/tests/setup/database-template";
import { noteTexts } from "@/tests/support/note-statements";

declare global {
  var testDatabase: Promise<PGlite> | undefined;
}

type ServerTemplate = Extract<DatabaseTemplate, { kind: "server" }>;

/**
 * Opens an empty, migrated database for one test file and makes it the process's database.
 *
 * @returns a function that closes and removes it
 */
export async function openTestDatabase(): Promise<() => Promise<void>> {
  const template = inject("databaseTemplate");
  return template.kind === "snapshot" ? openSnapshot(template.path) : openCopy(template);
}

async function openSnapshot(path: string) {
  const database = await workersDatabase(path);
  await empty(database);
  const client = createDatabase(new PrismaPGlite(database));
  shareDatabase(client);
  return async () => {
    shareDatabase(undefined);
    await client.$disconnect();
  };
}

/** The worker's copy of the template. To start one takes longer than most test files. */
function workersDatabase(path: string): Promise<PGlite> {
  globalThis.testDatabase ??= createPGlite({ loadDataDir: new Blob([readFileSync(path)]) });
  return globalThis.testDatabase;
}

/** Takes out what the test file before left. Migrations alone fill the one table that stays. */
async function empty(database: PGlite): Promise<void> {
  const { rows } = await database.query<{ tables: string }>(
    `SELECT string_agg(quote_ident(tablename), ', ') AS tables FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  await database.exec(`TRUNCATE ${rows[0]?.tables} RESTART IDENTITY`);
}

async function openCopy({ url: serverUrl, database, statements }: ServerTemplate) {
  const copy = `${database}_${crypto.randomUUID().slice(0, 8)}`;
  await onServer(serverUrl, (server) =>
    server.query(`CREATE DATABASE "${copy}" TEMPLATE "${database}"`),
  );
  const pool = createPool(databaseUrl(serverUrl, copy));
  pool.on("connect", (connection) => noteTexts(connection, statements));
  const client = createDatabase(new PrismaPg(pool));
  shareDatabase(client);
  return async () => {
    shareDatabase(undefined);
    await client.$disconnect();
    await pool.end();
    await onServer(serverUrl, (server) => server.query(`DROP DATABASE "${copy}" WITH (FORCE)`));
  };
}
