import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApp } from "./app";

/** Starts the built app that the browser tests share, on embedded data of its own. */
export default async function startSharedApp() {
  const directory = mkdtempSync(join(tmpdir(), "evo-e2e-"));
  const app = await startApp({
    PORT: process.env.E2E_PORT,
    PGLITE_DIR: directory,
    RATE_LIMIT_PER_MINUTE: "0",
  });
  return async () => {
    await app.end("SIGTERM");
    rmSync(directory, { recursive: true, force: true });
  };
}
