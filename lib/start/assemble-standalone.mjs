import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Completes what `next build` leaves in `.next/standalone`: adds the files the browser fetches and
 * the migrations, and takes out copies of `.env` files, whose values are read at start instead.
 *
 * @param {string} root the project's folder
 */
export function assembleStandalone(root) {
  const standalone = join(root, ".next", "standalone");
  const parts = [join(".next", "static"), "public", join("prisma", "migrations")];
  for (const part of parts.filter((path) => existsSync(join(root, path)))) {
    cpSync(join(root, part), join(standalone, part), { recursive: true });
  }
  for (const name of readdirSync(standalone).filter((entry) => entry.startsWith(".env"))) {
    rmSync(join(standalone, name));
  }
}
