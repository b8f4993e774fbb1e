import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { inject } from "vitest";
import { createDatabase, shareDatabase } from "@/lib/db/client";
import { createPool } from "@/lib/db/open";
import { databaseUrl, onServer } from "@/tests/setup/database-template";

/**
 * Opens a copy of the migrated template for one test file and makes it the process's database.
 *
 * @returns a function that closes and removes it
 */
export async function openTestDatabase(): Promise<() => Promise<void>> {
  const template = inject("databaseTemplate");
  return template.kind === "snapshot"
    ? openSnapshot(template.path)
    : openCopy(template.url, template.database);
}

async function openSnapshot(path: string) {
  const database = await PGlite.create({ loadDataDir: new Blob([readFileSync(path)]) });
  const client = createDatabase(new PrismaPGlite(database));
  shareDatabase(client);
  return async () => {
    shareDatabase(undefined);
    await client.$disconnect();
    await database.close();
  };
}

async function openCopy(serverUrl: string, template: string) {
  const copy = `${template}_${crypto.randomUUID().slice(0, 8)}`;
  await onServer(serverUrl, (server) =>
    server.query(`CREATE DATABASE "${copy}" TEMPLATE "${template}"`),
  );
  const pool = createPool(databaseUrl(serverUrl, copy));
  const client = createDatabase(new PrismaPg(pool));
  shareDatabase(client);
  return async () => {
    shareDatabase(undefined);
    await client.$disconnect();
    await pool.end();
    await onServer(serverUrl, (server) => server.query(`DROP DATABASE "${copy}" WITH (FORCE)`));
  };
}
