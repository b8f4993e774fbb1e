import {
  beginTransaction,
  liftOtherTimeouts,
  transactionSettings,
} from "../lib/db/session-settings.mjs";

/**
 * Runs work in a transaction that brings its own settings and takes as long as it needs.
 *
 * @template Result
 * @param {import("./migrate.mjs").Connection} connection
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
