import { totalmem } from "node:os";
import { setFlagsFromString } from "node:v8";

const mebibyte = 2 ** 20;
// Above it there is room for what makes things fast: the optimizer of WebAssembly, which takes half
// a gigabyte for a moment, and two password hashes at a time.
const smallMemoryMax = 1_536 * mebibyte;

/** The bytes of memory that this process may use: its container's limit, or what the machine has. */
export function memoryLimit() {
  // Without a limit this is 0 or a number greater than any machine's memory.
  const constrained = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  return Math.min(constrained, totalmem());
}

/** Whether this process has so little memory that it trades speed for it. */
export function isMemorySmall() {
  return memoryLimit() < smallMemoryMax;
}

/**
 * Where memory is small, has V8 keep its heap small and leave WebAssembly as its first compiler made
 * it. This affects only what is compiled later, so it comes before the embedded database is loaded.
 */
export function spareMemory() {
  if (isMemorySmall()) {
    for (const flag of ["--optimize-for-size", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"]) {
      setFlagsFromString(flag);
    }
  }
}
