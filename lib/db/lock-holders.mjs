/**
 * The sessions that migrations wait for, in words: those that hold the lock of migrations, or else
 * those that hold a table.
 *
 * @param {import("./transaction.mjs").Connection} connection
 * @param {number} migrationLock
 */
export async function describeLockHolders(connection, migrationLock) {
  const { rows } = await connection.query(
    `SELECT DISTINCT activity.pid, application_name AS name, coalesce(state, 'unknown') AS state,
       to_char(coalesce(xact_start, state_change, backend_start) AT TIME ZONE 'UTC',
         'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since,
       locktype = 'advisory' AS migrates
     FROM pg_locks JOIN pg_stat_activity AS activity ON activity.pid = pg_locks.pid
     WHERE granted AND activity.pid <> pg_backend_pid() AND activity.datname = current_database()
       AND (locktype = 'relation' OR (locktype = 'advisory' AND classid = 0 AND objid = $1 AND objsubid = 1))
     ORDER BY migrates DESC, since LIMIT 5`,
    [migrationLock],
  );
  const migrating = rows.filter((row) => row.migrates);
  return (migrating.length > 0 ? migrating : rows)
    .map(({ pid, name, state, since }) => {
      const program = JSON.stringify(name || "none");
      return `pid ${pid} (application_name ${program}, ${state}, since ${since ?? "an unknown time"})`;
    })
    .join(", ");
}

/**
 * The message of a process that waited too long for other sessions.
 *
 * @param {string} holders
 */
export function gaveUpWaiting(holders) {
  return [
    `The migrations gave up waiting for ${holders || "a session that has ended by now"}.`,
    "When that is not another process that migrates, end it with SELECT pg_terminate_backend(<pid>) and start again.",
    "Where DATABASE_URL leads to a pooler, set DIRECT_URL to the server itself: earlier versions left this lock behind a pooler.",
  ].join(" ");
}
