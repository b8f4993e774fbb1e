import "server-only";
import type { Server } from "node:http";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { processWide } from "@/lib/process-wide";

type Closing = () => Promise<void>;
type Life = {
  isEnding: boolean;
  servers: Set<Server>;
  beginnings: (() => void)[];
  closings: Closing[];
};

const signals = ["SIGTERM", "SIGINT"] as const;
const noticeMilliseconds = 1_000;
const drainMilliseconds = 7_000;
const idleCheckMilliseconds = 50;

const life = processWide<Life>("life", () => ({
  isEnding: false,
  servers: new Set(),
  beginnings: [],
  closings: [],
}));

/** Whether this process was told to end: it takes no new work from a load balancer. */
export function isEnding(): boolean {
  return life.isEnding;
}

/** Remembers a server, so that it is drained at the end. */
export function rememberServer(server: Server): void {
  life.servers.add(server);
}

/** Has something done as soon as the process is told to end. */
export function whenEndBegins(begin: () => void): void {
  life.beginnings.push(begin);
}

/** Has something closed at the end, after the last request. */
export function closeAtEnd(closing: Closing): void {
  life.closings.push(closing);
}

/**
 * Ends the process in order when it is told to: readiness turns 503, a load balancer gets a second
 * to notice, requests in flight finish, the database is closed, and the exit code is 0, all within
 * 10 seconds. A signal that comes again, as from npm and the terminal both, changes nothing. Where
 * Next handles the signals itself, as in development, it stays so.
 */
export function endInOrderOnSignals(): void {
  for (const signal of env.handlesSignals ? signals : []) {
    process.on(signal, () => void end(signal));
  }
}

async function end(signal: NodeJS.Signals): Promise<void> {
  if (life.isEnding) {
    return;
  }
  life.isEnding = true;
  log.info({ signal }, "ending");
  for (const begin of life.beginnings) {
    begin();
  }
  if (signal === "SIGTERM") {
    await pause(noticeMilliseconds);
  }
  await Promise.race([drain(), pause(drainMilliseconds)]);
  await Promise.race([Promise.all(life.closings.map((close) => close())), pause(1_000)]);
  log.info("ended");
  process.exit(0);
}

async function drain(): Promise<void> {
  const servers = [...life.servers];
  const closed = servers.map((server) => new Promise<void>((done) => server.close(() => done())));
  const closing = setInterval(() => {
    for (const server of servers) {
      server.closeIdleConnections();
    }
  }, idleCheckMilliseconds);
  await Promise.all(closed);
  clearInterval(closing);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
