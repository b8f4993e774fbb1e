import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** What a browser needs that root starts, as in a container. */
export const rootArguments = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/** The system's Chromium: `CHROMIUM_PATH`, or the first one on the PATH. */
export function chromiumPath() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const path = process.env.CHROMIUM_PATH ?? candidates.find((candidate) => existsSync(candidate));
  if (!path) {
    throw new Error("Chromium is missing: install the package chromium, or set CHROMIUM_PATH.");
  }
  return path;
}
