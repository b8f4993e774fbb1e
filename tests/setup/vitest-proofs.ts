import { relative } from "node:path";
import type { Reporter, TestModule, Vitest } from "vitest/node";
import { reportProofs } from "@/tests/support/proofs";

/** Fails a run in which a test that the specs name did not run or did not pass. */
export default class VitestProofs implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const { root = "", testNamePattern } = this.#vitest?.config ?? {};
    // A run of tests by name leaves out the others on purpose.
    if (testNamePattern !== undefined) {
      return;
    }
    const ran = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => ({
        path: relative(root, module.moduleId),
        titles: test.fullName.split(" > "),
        hasPassed: test.result().state === "passed",
      })),
    );
    if (!reportProofs(ran)) {
      process.exitCode = 1;
    }
  }
}
