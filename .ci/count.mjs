// Sums what the test runners reported and ends as they did: node .ci/count.mjs <reports> <failed stages>
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [reports = "", failedStages = ""] = process.argv.slice(2);
const stages = readFileSync(failedStages, "utf8").split("\n").filter(Boolean);
const counts = readdirSync(reports).map((name) => count(name, readJson(join(reports, name))));
const passed = counts.reduce((sum, report) => sum + report.passed, 0);
const skipped = counts.reduce((sum, report) => sum + report.skipped, 0);
const reported = counts.reduce((sum, report) => sum + report.failed, 0);
// A stage may fail without a report of it: a type error, or a runner that did not start. What was
// skipped has not passed.
const failed =
  reported + skipped + Math.max(0, stages.length - counts.filter((c) => c.failed > 0).length);

for (const stage of stages) {
  console.log(`failed: ${stage}`);
}
if (skipped > 0) {
  console.log(`skipped, and so failed: ${skipped}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/**
 * @param {string} name
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   stats: { expected: number, flaky: number, unexpected: number, skipped: number } }} report
 *   of vitest or of Playwright: each has its own members of these
 */
function count(name, report) {
  return name.endsWith(".vitest.json")
    ? {
        passed: report.numPassedTests,
        failed: report.numFailedTests,
        skipped: report.numPendingTests + report.numTodoTests,
      }
    : {
        passed: report.stats.expected + report.stats.flaky,
        failed: report.stats.unexpected,
        skipped: report.stats.skipped,
      };
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}
