import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { explainTrouble } from "./explain-trouble.mjs";
import { readServerConfig } from "./server-config.mjs";
import { quoteName } from "./session-settings.mjs";

const connectMilliseconds = 5_000;
const pauseMilliseconds = 1_000;
const oldestVersion = 14;
// SQL_ASCII converts nothing: the database stores the bytes that it gets.
const encodings = ["UTF8", "SQL_ASCII"];

/**
 * @typedef {object} ServerConnection one connection to a Postgres server, for migrations and commands
 * @property {string} schema where the tables are; it exists
 * @property {(sql: string, parameters?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>} query
 * @property {(sql: string) => Promise<unknown>} exec any number of statements, without parameters
 * @property {() => Promise<void>} close
 */

/**
 * Connects to a Postgres server and refuses one that cannot serve the app. It waits for a server
 * that is still starting, and for nothing that waiting does not mend.
 *
 * @param {string} url
 * @param {{ patience?: number, onWait?: (cause: string) => void }} [options] how many milliseconds to wait, by default none
 * @returns {Promise<ServerConnection>}
 * @throws Error with the cause and the way out
 */
export async function connectToServer(url, { patience = 0, onWait = () => {} } = {}) {
  const { schema, config } = readServerConfig(url);
  const client = await connectPatiently(config, patience, onWait);
  try {
    await refuseUnfit(client);
    await makeSchema(client, schema);
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    schema,
    query: (sql, parameters) => client.query(sql, parameters).catch(refuse),
    exec: (sql) => client.query(sql).catch(refuse),
    close: () => client.end(),
  };
}

/**
 * @param {pg.ClientConfig} config
 * @param {number} patience
 * @param {(cause: string) => void} onWait
 */
async function connectPatiently(config, patience, onWait) {
  const giveUpAt = performance.now() + patience;
  for (;;) {
    const client = new pg.Client({ ...config, connectionTimeoutMillis: connectMilliseconds });
    // A connection that breaks later is reported by its next statement.
    client.on("error", () => {});
    try {
      return await client.connect();
    } catch (error) {
      await client.end().catch(() => {});
      const { message, mayPass } = explainTrouble(error);
      if (!mayPass || performance.now() >= giveUpAt) {
        throw new Error(message, { cause: error });
      }
      onWait(message);
      await pause(pauseMilliseconds);
    }
  }
}

/**
 * @param {pg.Client} client
 */
async function refuseUnfit(client) {
  const { rows } = await client.query(
    `SELECT current_setting('server_version_num')::int / 10000 AS version,
       current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS "isStandby"`,
  );
  const { version, encoding, isStandby } = rows[0];
  if (version < oldestVersion) {
    throw new Error(`The server is Postgres ${version}. Evo-TODO needs ${oldestVersion} or later.`);
  }
  if (!encodings.includes(encoding)) {
    throw new Error(
      `The database has the encoding ${encoding} (server_encoding), which cannot store every text. Create another one: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`,
    );
  }
  if (isStandby) {
    throw new Error(
      "The server is a standby, which takes no writes. Name the primary in DATABASE_URL.",
    );
  }
}

/**
 * @param {pg.Client} client
 * @param {string} schema
 */
async function makeSchema(client, schema) {
  const { rows } = await client.query("SELECT to_regnamespace($1) IS NULL AS missing", [
    quoteName(schema),
  ]);
  if (rows[0].missing) {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${quoteName(schema)}`).catch(refuse);
  }
}

/**
 * Adds the way out to an error that a person can mend.
 *
 * @param {unknown} error
 * @returns {never}
 */
function refuse(error) {
  if (error instanceof pg.DatabaseError && error.code === "42501") {
    throw new Error(explainTrouble(error).message, { cause: error });
  }
  throw error;
}
