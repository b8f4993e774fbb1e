import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import "./no-telemetry.mjs";
import { assembleStandalone } from "./assemble-standalone.mjs";
import { environmentWithoutSettings } from "./settings.mjs";
import { fingerprintOfSources } from "./sources.mjs";

/**
 * Whether a whole build of exactly these sources stands in `.next`.
 *
 * @param {string} directory the project's folder
 */
export function isBuildCurrent(directory) {
  const stamp = stampPath(directory);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprintOfSources(directory);
}

/**
 * Builds the app and its standalone server. The stamp goes first and comes last, so an interrupted
 * build never counts, and it is of the sources as they were when the build began.
 *
 * @param {string} directory the project's folder
 * @param {{ withoutSettings?: boolean }} [options]
 */
export async function makeBuild(directory, { withoutSettings = false } = {}) {
  const stamp = stampPath(directory);
  const fingerprint = fingerprintOfSources(directory);
  const environment = withoutSettings ? environmentWithoutSettings(directory) : process.env;
  rmSync(stamp, { force: true });
  await run(directory, environment, ["prisma/generate.mjs"]);
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  await run(directory, { ...environment, NODE_ENV: "production" }, [next, "build"]);
  const cluster = clusterPath(directory);
  if (!existsSync(cluster)) {
    await run(directory, environment, ["lib/start/pack-cluster.mjs", cluster]);
  }
  assembleStandalone(directory, cluster);
  writeFileSync(stamp, fingerprint);
}

/** @param {string} directory */
function stampPath(directory) {
  return join(directory, ".next", "sources.sha256");
}

/**
 * Where the embedded database's first data is kept from build to build: one archive for each version of PGlite.
 *
 * @param {string} directory
 */
function clusterPath(directory) {
  const { dependencies } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const version = dependencies["@electric-sql/pglite"];
  return join(directory, ".next", "cache", `cluster-${version}.tar.gz`);
}

/**
 * Runs a Node program, which ends with this process. When it fails, this process exits with its code.
 *
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} programAndArguments
 */
async function run(cwd, env, programAndArguments) {
  const child = spawn(process.execPath, programAndArguments, { cwd, env, stdio: "inherit" });
  const stop = () => child.kill();
  process.once("exit", stop);
  const [status] = await once(child, "exit");
  process.off("exit", stop);
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
