import { get } from "node:http";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import "./no-telemetry.mjs";
import { limitHttpServers } from "./http-limits.mjs";

const retryMilliseconds = 50;

/**
 * Starts Next's standalone server in this process, so that signals and exit codes are its own, and
 * says where it is once it answers.
 *
 * @param {string} server the path of its `server.js`
 */
export async function serveBuild(server) {
  const port = readPort(process.env.PORT || "3000");
  Object.assign(process.env, {
    PORT: String(port),
    NODE_ENV: "production",
    // The app shuts itself down in order: lib/server/shutdown.ts.
    NEXT_MANUAL_SIG_HANDLE: "true",
    // Containers set HOSTNAME to their own name, and Next would listen on that address only.
    HOSTNAME: "0.0.0.0",
    // Next's server changes to its own folder; a relative path was meant from here.
    PGLITE_DIR: resolve(process.env.PGLITE_DIR || ".data"),
  });
  limitHttpServers();
  await import(pathToFileURL(server).href);
  await untilItAnswers(port);
  console.log(`Evo-TODO is ready at ${process.env.BETTER_AUTH_URL || `http://localhost:${port}`}`);
}

/** @param {string} text */
function readPort(text) {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) {
    console.error("PORT must be a whole number from 1 to 65535.");
    process.exit(1);
  }
  return port;
}

/** @param {number} port */
async function untilItAnswers(port) {
  while (!(await answers(port))) {
    await new Promise((done) => setTimeout(done, retryMilliseconds));
  }
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function answers(port) {
  return new Promise((done) => {
    get({ port, host: "127.0.0.1", path: "/api/health/live", agent: false }, (response) => {
      response.resume();
      done(response.statusCode === 200);
    }).once("error", () => done(false));
  });
}
