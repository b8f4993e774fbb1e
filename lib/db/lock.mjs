import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { basename, dirname, join, relative, resolve } from "node:path";

// The shortest limit on the path of a Unix socket among the systems Node runs on.
const socketPathLengthMax = 100;
const answerMilliseconds = 2_000;

/**
 * @typedef {() => Promise<void>} Release ends a hold on a lock
 * @typedef {{ name: string, state: "wanted" | "held" | "lost" }} Claim
 * @typedef {"gone" | "mine" | "yours"} Answer
 */

/**
 * Takes an exclusive lock that lives exactly as long as this process: a socket that answers. The
 * system closes it however the process ends, and a process id, which may be reused or belong to
 * another container, plays no part.
 *
 * @param {string} path what the lock is called; its folder exists
 * @returns {Promise<Release | null>} the release, or null when another living process has the lock
 */
export function takeLock(path) {
  return process.platform === "win32" ? takePipe(path) : takeSocket(path);
}

/**
 * Every process claims under a name of its own and asks all others. One that holds the lock says so;
 * of those that want it at once, the first by name gets it. Nobody touches a socket that answers.
 *
 * @param {string} path
 * @returns {Promise<Release | null>}
 */
async function takeSocket(path) {
  /** @type {Claim} */
  const claim = { name: randomBytes(4).toString("hex"), state: "wanted" };
  const own = shortest(`${path}.${claim.name}`);
  // Under its final name a socket listens from the start, so a silent one belongs to nobody.
  const server = await listen(`${own}.new`, claim);
  await rename(`${own}.new`, own);
  const release = async () => {
    await rm(own, { force: true });
    await new Promise((done) => server?.close(done));
  };
  for (const rival of rivals(path, claim.name)) {
    const answer = await ask(rival, claim.name);
    if (answer === "gone") {
      await rm(rival, { force: true });
    } else if (answer === "mine") {
      claim.state = "lost";
    }
  }
  if (claim.state !== "wanted") {
    await release();
    return null;
  }
  claim.state = "held";
  return release;
}

/**
 * A named pipe of Windows has one owner and ends with it.
 *
 * @param {string} path
 * @returns {Promise<Release | null>}
 */
async function takePipe(path) {
  const server = await listen(`\\\\.\\pipe\\${resolve(path)}`, { name: "", state: "held" });
  return server && (() => new Promise((done) => server.close(() => done())));
}

/**
 * @param {string} path
 * @param {string} name
 */
function rivals(path, name) {
  const form = /^[0-9a-f]{8}$/;
  const prefix = `${basename(path)}.`;
  return readdirSync(dirname(path))
    .filter((entry) => entry.startsWith(prefix) && form.test(entry.slice(prefix.length)))
    .filter((entry) => entry !== prefix + name)
    .map((entry) => shortest(join(dirname(path), entry)));
}

/**
 * @param {string} address
 * @param {Claim} claim what to answer to those who ask
 * @returns {Promise<import("node:net").Server | null>} null when the address is taken
 */
function listen(address, claim) {
  return new Promise((done, fail) => {
    const server = createServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.once("data", (asker) => {
        if (claim.state === "wanted" && asker.toString() < claim.name) {
          claim.state = "lost";
        }
        socket.end(claim.state === "lost" ? "yours" : "mine");
      });
    });
    server.unref();
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) =>
      error.code === "EADDRINUSE" ? done(null) : fail(error),
    );
    server.listen(address, () => done(server));
  });
}

/**
 * @param {string} address
 * @param {string} name who asks
 * @returns {Promise<Answer>} "mine" also when a living process is too busy to answer
 */
function ask(address, name) {
  return new Promise((done) => {
    const socket = connect(address, () => socket.write(name));
    socket.setTimeout(answerMilliseconds, () => {
      done("mine");
      socket.destroy();
    });
    socket.once("data", (answer) => done(answer.toString() === "yours" ? "yours" : "mine"));
    socket.once("error", (/** @type {NodeJS.ErrnoException} */ error) =>
      done(error.code === "ECONNREFUSED" || error.code === "ENOENT" ? "gone" : "mine"),
    );
    socket.once("close", () => done("gone"));
  });
}

/** @param {string} path */
function shortest(path) {
  const absolute = resolve(path);
  const fromHere = relative(process.cwd(), absolute);
  const address = fromHere.length < absolute.length ? fromHere : absolute;
  if (Buffer.byteLength(address) > socketPathLengthMax) {
    throw new Error(`The path ${absolute} is too long. Set PGLITE_DIR to a shorter one.`);
  }
  return address;
}
