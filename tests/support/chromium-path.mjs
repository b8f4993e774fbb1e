import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** What a browser needs that root starts, as in a container. */
export const rootArguments = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/**
 * The system's Chromium: `CHROMIUM_PATH`, or the first one on the PATH. Without one it is a bare name,
 * because knip reads the configuration of Playwright on machines that have no browser.
 */
export function chromiumPath() {
  return process.env.CHROMIUM_PATH ?? installedChromium() ?? "chromium";
}

/** @throws Error that says what to install, for a run that would fail test by test */
export function requireChromium() {
  if (!existsSync(chromiumPath())) {
    throw new Error("Chromium is missing: install the package chromium, or set CHROMIUM_PATH.");
  }
}

function installedChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((candidate) => existsSync(candidate));
}
