/**
 * Explains why the system does not let this process use the folder that `PGLITE_DIR` names.
 *
 * @param {unknown} error
 * @param {string} folder
 * @returns {unknown} the error, with the way out where the system refused something
 */
export function explainFolder(error, folder) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const user = process.getuid?.() ?? "of its own";
  if (/^(EACCES|EPERM)$/.test(code)) {
    return new Error(
      `The embedded database in ${folder} belongs to another user, and this process may not read and write it. It runs as user ${user}: give it the folder with chown -R ${user}, or set PGLITE_DIR to a folder that it may write.`,
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
    ? new Error(`The disk of ${folder}, where the embedded database is, is full.`, { cause: error })
    : error;
}
