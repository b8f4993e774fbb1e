import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { takeLock } from "../../../lib/db/lock.mjs";

/** A process and all that it started, itself first, as the kernel knows them now. */
export function treeOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(treeOf)];
}

/** What a process calls itself, cut to 15 characters. Next names its own as its first step. */
export function nameOf(pid: number): string {
  return readProcess(pid, "comm").trim();
}

/** Whether a process catches SIGTERM, as one of Node does from its first moment on. */
export function catchesSigterm(pid: number): boolean {
  const [, mask = "0"] = /^SigCgt:\s*(\w+)$/m.exec(readProcess(pid, "status")) ?? [];
  const sigterm = 1n << 14n;
  return (BigInt(`0x${mask}`) & sigterm) !== 0n;
}

/** Whether a process runs; one that ended and waits to be noticed does not. */
export function isRunning(pid: number): boolean {
  return /^State:\s*[^\sZX]/m.test(readProcess(pid, "status"));
}

/** Whether anybody accepts connections at the port of an address. */
export function accepts(url: string, host = "127.0.0.1"): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(Number(new URL(url).port), host, () => {
      socket.destroy();
      done(true);
    }).once("error", () => done(false));
  });
}

/** Whether no process has the embedded database in a folder open. */
export async function isUnlocked(directory: string): Promise<boolean> {
  const release = await takeLock(join(directory, "lock"));
  await release?.();
  return release !== null;
}

function childrenOf(pid: number): number[] {
  const children = readProcess(pid, `task/${pid}/children`);
  return children.split(" ").filter(Boolean).map(Number);
}

/** What the kernel says of a process; nothing of one that is gone. */
function readProcess(pid: number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, "utf8");
  } catch {
    return "";
  }
}
