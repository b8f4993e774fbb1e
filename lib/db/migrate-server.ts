import "server-only";
import pg from "pg";
import { log } from "@/lib/log";
import { migrate } from "@/prisma/migrate.mjs";

const patienceMilliseconds = 60_000;
const pauseMilliseconds = 1_000;

/**
 * Applies the migrations to a Postgres server over a connection of its own, waiting up to a minute
 * for a server that is still starting.
 *
 * @throws the server's error when it stays away, or the migration's
 */
export async function migrateServer(connectionString: string): Promise<void> {
  const client = await connectPatiently(connectionString);
  try {
    const applied = await migrate({
      query: (sql, parameters) => client.query(sql, parameters),
      exec: (sql) => client.query(sql),
    });
    for (const name of applied) {
      log.info({ migration: name }, "migration applied");
    }
  } finally {
    await client.end();
  }
}

async function connectPatiently(connectionString: string): Promise<pg.Client> {
  const giveUpAt = Date.now() + patienceMilliseconds;
  for (;;) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      if (Date.now() > giveUpAt) {
        throw new Error("The database at DATABASE_URL cannot be reached.", { cause: error });
      }
      log.warn("waiting for the database");
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
  }
}
