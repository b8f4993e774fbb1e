// A command imports this first: a signal that comes before the app serves ends the process at once.
// Once the app listens to the signals too, the app ends the process in order.
import { existsSync, readFileSync } from "node:fs";

const status = "/proc/self/status";
const numbers = { SIGINT: 2, SIGTERM: 15 };

if (process.pid === 1 && existsSync(status) && missedSigterm()) {
  process.exit(0);
}
for (const signal of Object.keys(numbers)) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) {
      process.exit(0);
    }
  });
}

/**
 * Whether a SIGTERM came while Node was starting. Until this file runs, Node handles either signal once:
 * it removes its handler and kills itself. Process 1 of a container survives that without the handler.
 */
function missedSigterm() {
  return isCaught(numbers.SIGINT) && !isCaught(numbers.SIGTERM);
}

/** @param {number} number of a signal, which this process may catch (Linux: proc(5), `SigCgt`) */
function isCaught(number) {
  const [, mask = "0"] = /^SigCgt:\s*(\w+)$/m.exec(readFileSync(status, "utf8")) ?? [];
  return ((BigInt(`0x${mask}`) >> BigInt(number - 1)) & 1n) === 1n;
}
