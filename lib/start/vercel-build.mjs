// `npm run vercel-build`: what Vercel builds with. The production build migrates the database, so
// that no cold start has to; a preview build never does, since it may share production's database.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import "./no-telemetry.mjs";

const isPreview = (process.env.VERCEL_ENV ?? "production") !== "production";
const next = createRequire(import.meta.url).resolve("next/dist/bin/next");

run("prisma/generate.mjs");
if (isPreview) {
  console.log("This is a preview: the database is not migrated.");
} else {
  run("prisma/migrate-command.mjs");
}
run(next, "build");

/** @param {string[]} programAndArguments */
function run(...programAndArguments) {
  const { status } = spawnSync(process.execPath, programAndArguments, { stdio: "inherit" });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
