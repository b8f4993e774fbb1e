import { relative } from "node:path";
import type { FullConfig, FullResult, Reporter, Suite } from "@playwright/test/reporter";
import { reportProofs } from "@/tests/support/proofs";

// A test that is asked for by its name or its line leaves out the others on purpose.
const asksForSome = /^(-g|--grep.*)$|:\d+$/;

/** Fails a run in which a test that the specs name did not run or did not pass. */
export default class PlaywrightProofs implements Reporter {
  #suite: Suite | undefined;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite;
  }

  async onEnd(): Promise<{ status?: FullResult["status"] } | undefined> {
    if (process.argv.some((argument) => asksForSome.test(argument))) {
      return undefined;
    }
    const ran = (this.#suite?.allTests() ?? []).map((test) => ({
      path: relative(process.cwd(), test.location.file),
      // The project and the file come first.
      titles: test.titlePath().slice(3),
      hasPassed: test.outcome() === "expected",
    }));
    return reportProofs(ran) ? undefined : { status: "failed" };
  }
}
