import "server-only";
import { memoryLimit } from "@/lib/db/memory-limit.mjs";
import { log } from "@/lib/log";

const mebibyte = 2 ** 20;
const mebibytesNeeded = 512;

/** Says before the database opens, which takes the most, that the system may end the process: it will not say so itself. */
export function warnOfLittleMemory(): void {
  const mebibytes = Math.floor(memoryLimit() / mebibyte);
  if (mebibytes < mebibytesNeeded) {
    log.warn(
      { mebibytes, mebibytesNeeded },
      "there is little memory, and the system may kill this process without a message: raise the limit of its container, or give the machine more",
    );
  }
}
