import { beginTransaction, liftOtherTimeouts, transactionSettings } from "./session-settings.mjs";

/**
 * @typedef {object} Connection one connection to Postgres; a transaction pooler may lend it
 * @property {(sql: string, parameters?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>} query one statement
 * @property {(sql: string) => Promise<unknown>} exec any number of statements, without parameters
 */

/**
 * Runs work in a transaction that brings its own settings and takes as long as it needs.
 *
 * @template Result
 * @param {Connection} connection
 * @param {{ schema?: string | undefined, lockMilliseconds?: number }} options how long to wait for a lock; 0 for any time
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function inTransaction(connection, { schema = "public", lockMilliseconds = 0 }, work) {
  try {
    await connection.exec(
      `${beginTransaction}; ${transactionSettings({ schema, statementMilliseconds: 0, idleMilliseconds: 0 })};
       ${liftOtherTimeouts(true)};
       SET LOCAL lock_timeout = ${lockMilliseconds}`,
    );
    const result = await work();
    await connection.exec("COMMIT");
    return result;
  } catch (error) {
    // Where the connection is gone, so is the transaction.
    await connection.exec("ROLLBACK").catch(() => {});
    throw error;
  }
}
