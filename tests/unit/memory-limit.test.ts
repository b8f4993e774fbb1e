import { totalmem } from "node:os";
import { afterEach, describe, expect, it, vi } from "vitest";

const mebibyte = 2 ** 20;
const waiting = "$scrypt$ln=4,r=8,p=1$AAAA$AAAA";

// A semaphore of this process stands from test to test; it goes with its limit.
afterEach(() => void Reflect.deleteProperty(globalThis, "evoTodo"));

/** Loads modules again in a process that has a limit of so many MiB. */
function limitTo(mebibytes: number): void {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, "evoTodo");
  vi.spyOn(process, "constrainedMemory").mockReturnValue(mebibytes * mebibyte);
}

describe("the memory that a process may use", () => {
  it.each([
    ["a container's limit", 512 * mebibyte, 512 * mebibyte],
    ["the machine's, where the system knows no limit", 0, totalmem()],
    ["the machine's, where the limit is beyond it", 2 ** 64, totalmem()],
  ])("is %s", async (_, constrained, limit) => {
    vi.spyOn(process, "constrainedMemory").mockReturnValue(constrained);
    const { memoryLimit } = await import("@/lib/db/memory-limit.mjs");
    expect(memoryLimit()).toBe(limit);
  });

  it.each([
    [512, 1],
    [1_535, 1],
    [1_536, 2],
  ])("of %i MiB lets %i passwords be hashed at a time", async (mebibytes, atATime) => {
    limitTo(mebibytes);
    const { verifyPassword } = await import("@/lib/auth/password-hash");
    const all = await Promise.allSettled(
      Array.from({ length: 70 }, () => verifyPassword("x", waiting)),
    );
    expect(all.filter(({ status }) => status === "rejected")).toHaveLength(70 - 60 - atATime);
  });

  it.each([
    [511, 1],
    [512, 0],
  ])("of %i MiB makes a start say %i times that it may be killed", async (mebibytes, times) => {
    limitTo(mebibytes);
    const { log } = await import("@/lib/log");
    const warn = vi.spyOn(log, "warn").mockImplementation(() => {});
    const { warnOfLittleMemory } = await import("@/lib/server/warn-of-little-memory");
    warnOfLittleMemory();
    expect(warn).toHaveBeenCalledTimes(times);
    for (const said of warn.mock.calls) {
      expect(said).toEqual([
        { mebibytes, mebibytesNeeded: 512 },
        expect.stringContaining("the system may kill this process"),
      ]);
    }
  });
});
