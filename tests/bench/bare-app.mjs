import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "./start-build.mjs";

const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
const route = `export const dynamic = "force-dynamic";
export const GET = () => Response.json({ status: "ok" });
`;

/**
 * Makes, builds and starts the least Next app that answers: one route handler with small JSON, by
 * the installed Next and in production mode. What a request to it costs is the platform's floor.
 */
export async function startBareApp() {
  const folder = mkdtempSync(join(tmpdir(), "evo-bench-bare-"));
  mkdirSync(join(folder, "app", "api"), { recursive: true });
  writeFileSync(join(folder, "app", "api", "route.js"), route);
  writeFileSync(join(folder, "package.json"), '{ "name": "bare", "private": true }');
  writeFileSync(join(folder, "next.config.mjs"), "export default { agentRules: false };\n");
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  // Turbopack follows no link out of the folder.
  const build = [next, "build", "--webpack"];
  execFileSync(process.execPath, build, {
    cwd: folder,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const port = await freePort();
  const start = [next, "start", "-p", String(port), "-H", "127.0.0.1"];
  const child = spawn(process.execPath, start, { cwd: folder, env, stdio: "ignore" });
  const ended = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  await untilItAnswers(`${url}/api`);
  return {
    url,
    pid: child.pid ?? 0,
    end: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param {string} address */
async function untilItAnswers(address) {
  for (let left = 300; left > 0; left -= 1) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("The bare app did not start.");
}
