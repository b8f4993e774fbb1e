import { readdirSync, readFileSync } from "node:fs";

const nanosecondsPerMillisecond = 1_000_000;

/**
 * The CPU time, user and system, that a process and all beneath it have used so far, in milliseconds.
 * The kernel counts it in nanoseconds for each thread that lives.
 *
 * @param {number} pid
 */
export function cpuTime(pid) {
  return [...processTree(pid)].reduce((sum, each) => sum + timeOfThreads(each), 0);
}

/**
 * @param {number} root
 * @returns {Set<number>}
 */
function processTree(root) {
  const all = readdirSync("/proc").map(Number).filter(Number.isInteger);
  const parents = new Map(all.map((pid) => [pid, parentOf(pid)]));
  const tree = new Set([root]);
  // A set yields what is added while it is walked.
  for (const parent of tree) {
    for (const [pid, itsParent] of parents) {
      if (itsParent === parent) {
        tree.add(pid);
      }
    }
  }
  return tree;
}

/**
 * The process that started another.
 *
 * @param {number} pid
 */
export function parentOf(pid) {
  // proc(5): the parent is the second field after the name, which stands in parentheses.
  return Number(read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ")[1]);
}

/** @param {number} pid */
function timeOfThreads(pid) {
  const folder = `/proc/${pid}/task`;
  const times = list(folder).map(
    (thread) => read(`${folder}/${thread}/schedstat`).split(" ", 1)[0],
  );
  return times.reduce((sum, time) => sum + Number(time) / nanosecondsPerMillisecond, 0);
}

/**
 * A process can end while it is looked at.
 *
 * @param {string} path
 */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** @param {string} path */
function list(path) {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
