import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import "./no-telemetry.mjs";
import { spareMemory } from "../db/memory-limit.mjs";
import { limitHttpServers } from "./http-limits.mjs";
import { isAlive } from "./is-alive.mjs";
import { listenAddress } from "./listen-address.mjs";

const retryMilliseconds = 50;

/**
 * Starts Next's standalone server in this process, so that signals and exit codes are its own, and
 * says where it is once it answers.
 *
 * @param {string} server the path of its `server.js`
 */
export async function serveBuild(server) {
  const port = readPort(process.env.PORT || "3000");
  const address = await listenAddress(process.env.HOSTNAME ?? "").catch(refuse);
  Object.assign(process.env, {
    PORT: String(port),
    NODE_ENV: "production",
    // The app shuts itself down in order: lib/server/shutdown.ts.
    NEXT_MANUAL_SIG_HANDLE: "true",
    // Next listens on what this names.
    HOSTNAME: address,
    // Next's server changes to its own folder; a relative path was meant from here.
    PGLITE_DIR: resolve(process.env.PGLITE_DIR || ".data"),
  });
  spareMemory();
  limitHttpServers();
  await import(pathToFileURL(server).href);
  await untilItAnswers(port, address);
  const site = process.env.BETTER_AUTH_URL || `http://localhost:${port}`;
  console.log(`Evo-TODO is ready at ${site}, and listens on ${port} of ${nameOf(address)}`);
}

/** @param {string} address */
function nameOf(address) {
  const all = { "::": "all addresses, IPv6 and IPv4", "0.0.0.0": "all addresses, IPv4 only" };
  return Object.entries(all).find(([any]) => any === address)?.[1] ?? address;
}

/** @param {string} text */
function readPort(text) {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) {
    return refuse(new Error("PORT must be a whole number from 1 to 65535."));
  }
  return port;
}

/**
 * @param {Error} error
 * @returns {never}
 */
function refuse({ message }) {
  console.error(message);
  process.exit(1);
}

/**
 * @param {number} port
 * @param {string} address
 */
async function untilItAnswers(port, address) {
  while (!(await isAlive(port, address))) {
    await new Promise((done) => setTimeout(done, retryMilliseconds));
  }
}
