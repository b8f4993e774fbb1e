import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// Prisma's own engine takes the same advisory lock and keeps the same table,
// so `prisma migrate deploy` and this runner can take turns on one database.
const prismaAdvisoryLock = 72707369;
const migrationsTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * @typedef {object} Connection one connection to Postgres, not a transaction pooler
 * @property {(sql: string, parameters?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>} query one statement
 * @property {(sql: string) => Promise<unknown>} exec any number of statements, without parameters
 */

/**
 * Applies the migrations that the database does not have yet, in the order of their names, each in
 * a transaction of its own. Any number of processes may call it at once: one applies, the others wait.
 *
 * @param {Connection} connection
 * @param {string} [directory] the folder of migrations
 * @returns {Promise<string[]>} the names of the migrations that were applied
 * @throws when a migration fails, failed before, or was edited after it was applied
 */
export async function migrate(connection, directory = defaultDirectory()) {
  await connection.query(`SELECT pg_advisory_lock(${prismaAdvisoryLock})`);
  try {
    await connection.exec(migrationsTable);
    const known = await knownMigrations(connection);
    const applied = [];
    for (const migration of readMigrations(directory)) {
      if (!isApplied(known.get(migration.name), migration)) {
        await apply(connection, migration);
        applied.push(migration.name);
      }
    }
    return applied;
  } finally {
    await connection.query(`SELECT pg_advisory_unlock(${prismaAdvisoryLock})`);
  }
}

/**
 * The names of the migrations in a folder, oldest first.
 *
 * @param {string} [directory]
 */
export function migrationNames(directory = defaultDirectory()) {
  return readdirSync(/* turbopackIgnore: true */ directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function defaultDirectory() {
  return join(process.cwd(), "prisma", "migrations");
}

/** @param {string} directory */
function readMigrations(directory) {
  return migrationNames(directory).map((name) => {
    const path = join(directory, name, "migration.sql");
    const sql = readFileSync(/* turbopackIgnore: true */ path, "utf8");
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

/** @param {Connection} connection */
async function knownMigrations(connection) {
  const { rows } = await connection.query(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  return new Map(rows.map((row) => [row.migration_name, row]));
}

/**
 * @param {Record<string, unknown> | undefined} row
 * @param {{ name: string, checksum: string }} migration
 */
function isApplied(row, { name, checksum }) {
  if (!row) {
    return false;
  }
  if (!row.finished_at) {
    throw new Error(`Migration ${name} failed earlier. Repair the database, then start again.`);
  }
  if (row.checksum !== checksum) {
    throw new Error(`Migration ${name} was edited after it was applied. Restore its file.`);
  }
  return true;
}

/**
 * @param {Connection} connection
 * @param {{ name: string, sql: string, checksum: string }} migration
 */
async function apply(connection, { name, sql, checksum }) {
  await connection.exec("BEGIN");
  try {
    await connection.exec(sql);
    await connection.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await connection.exec("COMMIT");
  } catch (error) {
    await connection.exec("ROLLBACK");
    throw new Error(`Migration ${name} failed and was rolled back whole.`, { cause: error });
  }
}
