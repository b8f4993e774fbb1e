import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeLockHolders, gaveUpWaiting } from "./lock-holders.mjs";
import { inTransaction } from "./transaction.mjs";

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

const waitMilliseconds = 2_000;
const patienceMilliseconds = 60_000;
const lockNotAvailable = "55P03";

/**
 * @typedef {object} Options
 * @property {string} [schema] where the tables are; it exists
 * @property {number} [patience] how many milliseconds to wait for others, by default 60,000
 * @property {(holders: string) => void} [onWait] told every two seconds whom the migrations wait for
 */

/**
 * Applies the migrations that the database does not have yet, in the order of their names, each in
 * a transaction of its own. Any number of processes may call it at once: one applies, the others
 * wait. The lock ends with each transaction, so no pooler can keep it.
 *
 * @param {import("./transaction.mjs").Connection} connection
 * @param {string} [directory] the folder of migrations
 * @param {Options} [options]
 * @returns {Promise<string[]>} the names of the migrations that were applied
 * @throws when a migration fails, failed before, or was edited after it was applied, and when another
 *   session holds a lock for longer than the patience; the message names the session
 */
export async function migrate(connection, directory = defaultDirectory(), options = {}) {
  const migrations = readMigrations(directory);
  if (await hasAll(connection, migrations, options)) {
    return [];
  }
  const applied = [];
  for (const migration of migrations) {
    if (await applyInTurn(connection, migration, options)) {
      applied.push(migration.name);
    }
  }
  return applied;
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

/**
 * Whether nothing is to do, which needs no lock.
 *
 * @param {import("./transaction.mjs").Connection} connection
 * @param {{ name: string, checksum: string }[]} migrations
 * @param {Options} options
 */
async function hasAll(connection, migrations, options) {
  return inTransaction(connection, { schema: options.schema }, async () => {
    const { rows } = await connection.query(
      "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists",
    );
    const known = rows[0]?.exists ? await knownMigrations(connection) : new Map();
    return migrations.every(({ name, checksum }) => {
      const row = known.get(name);
      return row?.finished_at && row.checksum === checksum;
    });
  });
}

/** @param {import("./transaction.mjs").Connection} connection */
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
 * @param {import("./transaction.mjs").Connection} connection
 * @param {{ name: string, sql: string, checksum: string }} migration
 * @param {Options} options
 * @returns {Promise<boolean>} whether it was applied now
 */
async function applyInTurn(connection, migration, options) {
  const { schema, patience = patienceMilliseconds } = options;
  const lockMilliseconds = Math.min(waitMilliseconds, patience);
  const giveUpAt = performance.now() + patience;
  for (;;) {
    try {
      return await inTransaction(connection, { schema, lockMilliseconds }, async () => {
        await connection.query(`SELECT pg_advisory_xact_lock(${prismaAdvisoryLock})`);
        await connection.exec(migrationsTable);
        const known = await knownMigrations(connection);
        return (
          !isApplied(known.get(migration.name), migration) && (await apply(connection, migration))
        );
      });
    } catch (error) {
      if (!isLockTimeout(error)) {
        throw error;
      }
      const holders = await describeLockHolders(connection, prismaAdvisoryLock);
      if (performance.now() >= giveUpAt) {
        throw new Error(gaveUpWaiting(holders), { cause: error });
      }
      options.onWait?.(holders);
    }
  }
}

/**
 * @param {import("./transaction.mjs").Connection} connection
 * @param {{ name: string, sql: string, checksum: string }} migration
 */
async function apply(connection, { name, sql, checksum }) {
  try {
    await connection.exec(sql);
    await connection.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), now(), 1)`,
      [randomUUID(), checksum, name],
    );
    return true;
  } catch (error) {
    throw isLockTimeout(error)
      ? error
      : new Error(`Migration ${name} failed and was rolled back whole.`, { cause: error });
  }
}

/** @param {unknown} error */
function isLockTimeout(error) {
  return error instanceof Error && "code" in error && error.code === lockNotAvailable;
}
