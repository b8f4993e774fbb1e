import "server-only";
import { connectToServer } from "@/lib/db/connect-server.mjs";
import { migrate } from "@/lib/db/migrate.mjs";
import { log } from "@/lib/log";

const patience = 60_000;

/**
 * Applies the migrations to a Postgres server over a connection of its own, waiting up to a minute
 * for a server that is still starting, and up to a minute for another process that migrates.
 *
 * @throws Error with the cause and the way out, or the migration's
 */
export async function migrateServer(url: string): Promise<void> {
  const connection = await connectToServer(url, {
    patience,
    onWait: (cause) => log.warn({ cause }, "waiting for the database"),
  });
  try {
    const applied = await migrate(connection, undefined, {
      schema: connection.schema,
      patience,
      onWait: (holders) => log.warn({ holders }, "waiting for another session to migrate"),
    });
    for (const name of applied) {
      log.info({ migration: name }, "migration applied");
    }
  } finally {
    await connection.close();
  }
}
