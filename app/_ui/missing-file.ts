/**
 * The address of the file of ours that an error says could not be loaded, or null for another error.
 * The bundler throws such errors and tells the address in words alone.
 */
export function missingFileOf(error: unknown): string | null {
  if (!(error instanceof Error) || error.name !== "ChunkLoadError") {
    return null;
  }
  return /\/_next\/static\/[^\s?]+/.exec(error.message)?.[0] ?? null;
}

/**
 * Whether the site has a file no longer, as after a new version. False where nobody can tell. It stands
 * in the HTML as well, so it may use nothing from outside itself.
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
 * Loads the page anew. It stands in the HTML as well, so it may use nothing from outside itself.
 *
 * While React waits for something, it navigates to this very page again and again to keep the browser's
 * sign of loading, and each time would end the new load.
 */
export function reloadPage(): void {
  if ("navigation" in window) {
    window.navigation.addEventListener("navigate", (event) => {
      if (event.info === "react-transition") {
        event.preventDefault();
      }
    });
  }
  window.location.reload();
}

/**
 * Loads the page anew for the sake of a file that is gone: in a tab once for each file, and once in a
 * minute, so that it never does it for ever. It stands in the HTML as well, so it may use nothing from
 * outside itself.
 *
 * @param reload `reloadPage`
 * @returns whether it does
 */
export function reloadOnce(file: string, reload: () => void): boolean {
  const key = "evo-todo:reloaded";
  const minuteMilliseconds = 60_000;
  try {
    const [last = "", ...files] = (sessionStorage.getItem(key) ?? "0").split(" ");
    if (files.includes(file) || Date.now() - Number(last) < minuteMilliseconds) {
      return false;
    }
    sessionStorage.setItem(key, [Date.now(), ...files, file].join(" "));
  } catch {
    // Without a memory of what it did, it would do it again.
    return false;
  }
  reload();
  return true;
}
