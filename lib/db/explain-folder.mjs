/**
 * Explains why the system does not let this process use the folder that `PGLITE_DIR` names.
 *
 * @param {unknown} error
 * @param {string} folder
 * @returns {unknown} the error, with the way out where the system refused something
 */
export function explainFolder(error, folder) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const user = process.getuid?.();
  if (/^(EACCES|EPERM)$/.test(code)) {
    return new Error(
      `The embedded database in ${folder} belongs to another user, and this process may not read and write it. ${ownFolder(user)}, or set PGLITE_DIR to a folder that it may write.`,
      { cause: error },
    );
  }
  if (code === "EROFS") {
    return new Error(
      `The folder ${folder} of the embedded database is read-only. Set PGLITE_DIR to a folder that this process may write.`,
      { cause: error },
    );
  }
  return code === "ENOSPC"
    ? new Error(`The disk that holds the embedded database in ${folder} is full.`, { cause: error })
    : error;
}

/** @param {number | undefined} user undefined on Windows */
function ownFolder(user) {
  return user === undefined
    ? "Give its user the right to do so"
    : `It runs as user ${user}: give it the folder with chown -R ${user}`;
}
