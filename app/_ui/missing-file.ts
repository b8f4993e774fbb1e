/**
 * The address of the file of ours that an error says could not be loaded, or null for another error.
 * The bundler throws such errors and gives the address only in its message.
 */
export function missingFileOf(error: unknown): string | null {
  if (!(error instanceof Error) || error.name !== "ChunkLoadError") {
    return null;
  }
  return /\/_next\/static\/[^\s?]+/.exec(error.message)?.[0] ?? null;
}

/**
 * Whether a file is gone from the site, as after a new version. False where that cannot be found out.
 * It is also inlined in the HTML, so it may use nothing from outside itself.
 */
export async function isFileGone(file: string): Promise<boolean> {
  try {
    const answer = await fetch(file, { method: "HEAD", cache: "no-store" });
    return answer.status === 404;
  } catch {
    return false;
  }
}

/**
 * Reloads the page because a file is gone: once for each file of a tab, and at most once a minute, so
 * that it does not reload forever. It is also inlined in the HTML, so it may use nothing from outside
 * itself.
 *
 * @returns whether it reloads
 */
export function reloadOnce(file: string): boolean {
  const key = "evo-todo:reloaded";
  const minuteMilliseconds = 60_000;
  try {
    const [last = "", ...files] = (sessionStorage.getItem(key) ?? "0").split(" ");
    if (files.includes(file) || Date.now() - Number(last) < minuteMilliseconds) {
      return false;
    }
    sessionStorage.setItem(key, [Date.now(), ...files, file].join(" "));
  } catch {
    // Without storage it would not know that it has reloaded already.
    return false;
  }
  window.location.reload();
  return true;
}
