import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { attachDatabasePool } from "@vercel/functions";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { readDatabaseUrl } from "@/lib/database-url.mjs";
import { createDatabase, shareDatabase } from "@/lib/db/client";
import { openEmbedded } from "@/lib/db/embedded.mjs";
import { migrate } from "@/lib/db/migrate.mjs";
import { migrateServer } from "@/lib/db/migrate-server";
import { createPool } from "@/lib/db/pool";
import { env } from "@/lib/env";

/**
 * Opens the database that the settings name, brings its schema up to date and makes it the
 * process's one: a Postgres server with `DATABASE_URL`, the embedded one without.
 *
 * @returns a function that closes it
 * @throws Error with the way out when the database cannot be opened or migrated
 */
export async function openDatabase(): Promise<() => Promise<void>> {
  return env.databaseUrl ? openServer(env.databaseUrl) : openOwn();
}

async function openServer(databaseUrl: string) {
  // On Vercel the build migrates, so that a cold start does not.
  if (env.directDatabaseUrl && !env.onVercel) {
    await migrateServer(env.directDatabaseUrl);
  }
  const pool = createPool(databaseUrl);
  if (env.onVercel) {
    attachDatabasePool(pool);
  }
  const client = createDatabase(
    new PrismaPg(pool, { schema: readDatabaseUrl(databaseUrl).schema }),
  );
  shareDatabase(client);
  return async () => {
    shareDatabase(undefined);
    await pool.end();
  };
}

async function openOwn() {
  if (env.onVercel) {
    throw new Error(
      "Vercel keeps no files, so the embedded database cannot serve there. Set DATABASE_URL to a Postgres server.",
    );
  }
  const embedded = await openEmbedded(env.embeddedDatabaseDirectory);
  await migrate(embedded.database);
  shareDatabase(createDatabase(new PrismaPGlite(embedded.database)));
  return async () => {
    shareDatabase(undefined);
    await embedded.close();
  };
}
