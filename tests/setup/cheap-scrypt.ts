import type { BinaryLike, ScryptOptions } from "node:crypto";
import { vi } from "vitest";

// A hash at its real cost takes a core for a third of a second. Here it costs next to nothing; what is
// stored, compared and awaited is the same. A file whose promise is the cost itself takes the real
// one back: vi.unmock("node:crypto").
vi.mock("node:crypto", async (importOriginal) => {
  const crypto = await importOriginal<typeof import("node:crypto")>();
  const cheap = { N: 16, r: 8, p: 1 } satisfies ScryptOptions;
  return {
    ...crypto,
    scrypt: (
      password: BinaryLike,
      salt: BinaryLike,
      length: number,
      _: ScryptOptions,
      done: (error: Error | null, key: Buffer) => void,
    ) => {
      crypto.scrypt(password, salt, length, cheap, done);
    },
  };
});
