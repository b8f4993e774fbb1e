/**
 * What the app takes for granted of a session. The server, the database, the role and `options` in
 * the address may all say otherwise, so each session, or each transaction, is told.
 */
const fixedSettings = {
  // The adapter reads and writes times as UTC, and in ISO form.
  TimeZone: "UTC",
  DateStyle: "ISO, MDY",
  IntervalStyle: "postgres",
  client_encoding: "UTF8",
  standard_conforming_strings: "on",
  bytea_output: "hex",
  extra_float_digits: "1",
  lc_numeric: "C",
  lc_monetary: "C",
  lc_time: "C",
  lock_timeout: "0",
};

const transactionDefaults = {
  default_transaction_isolation: "read committed",
  default_transaction_read_only: "off",
  default_transaction_deferrable: "off",
};

/** Begins a transaction of the kind that the app's statements are written for. */
export const beginTransaction = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/**
 * @typedef {object} Bounds
 * @property {string} schema where the tables are
 * @property {number} statementMilliseconds how long a statement may take; 0 for any time
 * @property {number} idleMilliseconds how long a transaction may wait for its next statement; 0 for any time
 */

/**
 * A statement that gives a session its settings, for a connection that keeps its session.
 *
 * @param {Bounds} bounds
 */
export function sessionSettings(bounds) {
  const settings = { ...fixedSettings, ...transactionDefaults, ...boundSettings(bounds) };
  return `SELECT ${setAll(settings, false)}; ${liftOtherTimeouts(false)}`;
}

/**
 * A statement without rows that gives the current transaction its settings: behind a pooler a
 * session is shared, so a setting made on it reaches other clients and is missing when it is needed.
 *
 * @param {Bounds} bounds
 */
export function transactionSettings(bounds) {
  const settings = { ...fixedSettings, ...boundSettings(bounds) };
  return `SELECT WHERE concat(${setAll(settings, true)}) IS NULL`;
}

/**
 * A statement without rows that bounds what follows it in the current transaction.
 *
 * @param {number} milliseconds
 */
export function statementTimeout(milliseconds) {
  return `SELECT WHERE ${setAll({ statement_timeout: String(milliseconds) }, true)} IS NULL`;
}

/**
 * A statement that lifts the timeouts which only some versions of Postgres have.
 *
 * @param {boolean} isLocal whether for the current transaction alone
 */
export function liftOtherTimeouts(isLocal) {
  return `SELECT set_config(name, '0', ${isLocal}) FROM pg_settings
          WHERE name IN ('transaction_timeout', 'idle_session_timeout')`;
}

/**
 * A schema's name as SQL writes it.
 *
 * @param {string} name
 */
export function quoteName(name) {
  return `"${name.replaceAll('"', '""')}"`;
}

/** @param {Bounds} bounds */
function boundSettings({ schema, statementMilliseconds, idleMilliseconds }) {
  return {
    search_path: quoteName(schema),
    statement_timeout: String(statementMilliseconds),
    idle_in_transaction_session_timeout: String(idleMilliseconds),
  };
}

/**
 * @param {Record<string, string>} settings
 * @param {boolean} isLocal
 */
function setAll(settings, isLocal) {
  return Object.entries(settings)
    .map(([name, value]) => `set_config('${name}', ${quoteText(value)}, ${isLocal})`)
    .join(", ");
}

/**
 * A text as SQL writes it, whatever `standard_conforming_strings` says.
 *
 * @param {string} text
 */
function quoteText(text) {
  const escaped = text.replaceAll("'", "''").replaceAll("\\", "\\\\");
  return `E'${escaped}'`;
}
