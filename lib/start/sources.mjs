import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const sources = [
  "CHANGELOG.md",
  "app",
  "lib",
  "prisma",
  "public",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "prisma.config.ts",
  "proxy.ts",
  "tsconfig.json",
];
const generated = join("lib", "db", "generated");

/**
 * A digest of everything a build is made from: names and contents, not times, so a fresh checkout
 * of the same sources has the same one.
 *
 * @param {string} root the project's folder
 */
export function fingerprintOfSources(root) {
  const hash = createHash("sha256");
  for (const path of sources.flatMap((source) => filesUnder(root, source))) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]} the files at or under a path, in one order everywhere
 */
function filesUnder(root, path) {
  const absolute = join(root, path);
  if (path === generated || !existsSync(absolute)) {
    return [];
  }
  if (!statSync(absolute).isDirectory()) {
    return [path];
  }
  return readdirSync(absolute)
    .sort()
    .flatMap((name) => filesUnder(root, join(path, name)));
}
