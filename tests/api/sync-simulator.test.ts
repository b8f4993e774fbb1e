import { describe, expect, it } from "vitest";
import { randomFrom } from "@/tests/support/sync-simulator/protocol";
import { realServer } from "@/tests/support/sync-simulator/real-server";
import { simulate } from "@/tests/support/sync-simulator/simulate";
import { taskOwner } from "@/tests/support/task-owner";

const seedsCount = 20;
const steps = 60;
const firstSeed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);

describe("the sync protocol against the real handlers", () => {
  const seeds = Array.from({ length: seedsCount }, (_, index) => firstSeed + index);

  it.each(seeds)("keeps its promises, whatever fails (TEST_SEED=%i)", async (seed) => {
    const server = realServer(await taskOwner());
    const { requests } = await simulate({ random: randomFrom(seed), server, steps });
    expect(requests).toBeGreaterThan(0);
  });
});
