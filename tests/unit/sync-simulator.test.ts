import { describe, expect, it } from "vitest";
import { modelServer } from "@/tests/support/sync-simulator/model-server";
import { type Fault, faults, randomFrom, Violation } from "@/tests/support/sync-simulator/protocol";
import { simulate } from "@/tests/support/sync-simulator/simulate";

const seedsCount = 1_000;
const steps = 100;
const stepsWithFault = 300;
const seedsPerFaultMax = 100;
const firstSeed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);

function simulateModel(seed: number, fault?: Fault) {
  const random = randomFrom(seed);
  return simulate({
    random,
    server: modelServer(random, fault),
    steps: fault ? stepsWithFault : steps,
    fault,
  });
}

async function findViolation(fault: Fault): Promise<{ seed: number; promise: string } | undefined> {
  for (let seed = 1; seed <= seedsPerFaultMax; seed += 1) {
    try {
      await simulateModel(seed, fault);
    } catch (error) {
      if (error instanceof Violation) {
        return { seed, promise: error.message };
      }
      throw error;
    }
  }
  return undefined;
}

describe("the sync protocol against a model of the server", () => {
  it("keeps its promises, whatever fails", async () => {
    for (let seed = firstSeed; seed < firstSeed + seedsCount; seed += 1) {
      await simulateModel(seed).catch((error) => {
        throw new Error(`TEST_SEED=${seed}: ${error.message}`, { cause: error });
      });
    }
  });

  it.each(faults)("is broken, and seen to be, where %s", async (fault) => {
    const found = await findViolation(fault);
    expect(found?.seed, found?.promise).toBeLessThanOrEqual(seedsPerFaultMax);
  });
});
