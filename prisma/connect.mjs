import { faultOfDatabaseUrl } from "../lib/database-url.mjs";
import { connectToServer } from "../lib/db/connect-server.mjs";
import { openEmbedded } from "../lib/db/embedded.mjs";
import { loadSettings } from "../lib/start/settings.mjs";

/**
 * @typedef {import("../lib/db/transaction.mjs").Connection & { schema: string, close: () => Promise<unknown> }} OpenConnection
 */

/**
 * Connects to the database that the settings name, for a command: to a Postgres server directly,
 * past a pooler, with `DATABASE_URL`; otherwise to the embedded one, which no server may have open.
 *
 * @returns {Promise<OpenConnection>}
 */
export async function connect() {
  loadSettings(process.cwd());
  const { DIRECT_URL, DATABASE_URL_UNPOOLED, DATABASE_URL, PGLITE_DIR, VERCEL } = process.env;
  if ((DIRECT_URL || DATABASE_URL_UNPOOLED) && !DATABASE_URL) {
    throw new Error(
      "DATABASE_URL is missing beside DIRECT_URL or DATABASE_URL_UNPOOLED. Set both, or neither.",
    );
  }
  const urls = Object.entries({ DIRECT_URL, DATABASE_URL_UNPOOLED, DATABASE_URL });
  for (const [name, url] of urls) {
    if (url) {
      refuseFault(name, url);
      return connectToServer(url);
    }
  }
  if (VERCEL) {
    throw new Error("Set DATABASE_URL to a Postgres server: Vercel keeps no files.");
  }
  const { database, close } = await openEmbedded(PGLITE_DIR || ".data");
  return {
    schema: "public",
    query: (sql, parameters) => database.query(sql, parameters),
    exec: (sql) => database.exec(sql),
    close,
  };
}

/**
 * Runs a command and ends the process: with the message of what failed and its causes, no stack.
 *
 * @param {(connection: OpenConnection) => Promise<void>} command
 */
export async function runWithDatabase(command) {
  try {
    const connection = await connect();
    try {
      await command(connection);
    } finally {
      await connection.close();
    }
    process.exit(0);
  } catch (error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
      console.error(cause.message || cause.name);
    }
    process.exit(1);
  }
}

/**
 * @param {string} name
 * @param {string} url
 */
function refuseFault(name, url) {
  const fault = faultOfDatabaseUrl(url);
  if (fault) {
    throw new Error(`${name} ${fault}.`);
  }
}
