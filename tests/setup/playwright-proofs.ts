import { relative } from "node:path";
import type { FullConfig, FullResult, Reporter, Suite } from "@playwright/test/reporter";
import { reportProofs } from "@/tests/support/proofs";

/** Fails a run in which a test that the specs name did not run or did not pass. */
export default class PlaywrightProofs implements Reporter {
  #config: FullConfig | undefined;
  #suite: Suite | undefined;

  onBegin(config: FullConfig, suite: Suite): void {
    this.#config = config;
    this.#suite = suite;
  }

  async onEnd(): Promise<{ status?: FullResult["status"] } | undefined> {
    // Who asks for a test by its name leaves out the others on purpose.
    if (String(this.#config?.grep) !== String(/.*/)) {
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
