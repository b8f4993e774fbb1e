import "server-only";
import { rename, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { relative, resolve } from "node:path";

// The shortest limit on the path of a Unix socket among the systems Node runs on.
const socketPathLengthMax = 100;

/** Ends a hold on a lock. */
export type Release = () => Promise<void>;

/**
 * Takes an exclusive lock that lives exactly as long as this process: a socket that listens on a
 * path. The system closes it however the process ends, and a process id, which may be reused or
 * belong to another container, plays no part.
 *
 * @param path where the socket lies; the folder exists
 * @returns the release, or null when a living process holds the lock
 */
export async function takeLock(path: string): Promise<Release | null> {
  const address = socketAddress(path);
  const server = (await listen(address)) ?? (await takeOver(address));
  return server && (() => new Promise((done) => server.close(() => done())));
}

/** A socket left by a process that is gone is moved aside; one that answers after all is put back. */
async function takeOver(address: string): Promise<Server | null> {
  if (await answers(address)) {
    return null;
  }
  const aside = `${address}.${process.pid}`;
  try {
    await rename(address, aside);
  } catch {
    return listen(address);
  }
  if (await answers(aside)) {
    await rename(aside, address);
    return null;
  }
  await rm(aside, { force: true });
  return listen(address);
}

function listen(address: string): Promise<Server | null> {
  return new Promise((done, fail) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? done(null) : fail(error),
    );
    server.listen(address, () => done(server));
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(address);
    socket.once("connect", () => done(true));
    socket.once("error", () => done(false));
    socket.once("close", () => socket.destroy());
  });
}

function socketAddress(path: string): string {
  if (process.platform === "win32") {
    return `\\\\.\\pipe\\${resolve(path)}`;
  }
  const absolute = resolve(path);
  const fromHere = relative(process.cwd(), absolute);
  const shortest = fromHere.length < absolute.length ? fromHere : absolute;
  if (Buffer.byteLength(shortest) > socketPathLengthMax) {
    throw new Error(`The path ${absolute} is too long. Set PGLITE_DIR to a shorter one.`);
  }
  return shortest;
}
