// Makes each change of specs/promised-numbers.md in turn, in a copy of the project, and expects its
// test to fail: npm run mutants, or npm run mutants -- <word> for the rows that have the word.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

/** @typedef {{ promise: string, file: string, now: string, changed: string, test: string, name: string }} Mutant */

const notCopied = ["node_modules", ".git", ".next", ".data", "test-results"];

const [word = ""] = process.argv.slice(2);
const copy = copyProject();
process.once("exit", () => rmSync(copy, { recursive: true }));
process.once("SIGINT", () => process.exit(1));

const mutants = readMutants().filter((mutant) => JSON.stringify(mutant).includes(word));
refuseRed([...new Set(mutants.map(({ test }) => test))], mutants.map(({ name }) => name).join("|"));
const alive = mutants.filter((mutant) => !dies(mutant));
console.log(`\n${mutants.length - alive.length} of ${mutants.length} mutants die`);
process.exit(alive.length === 0 ? 0 : 1);

function copyProject() {
  const folder = mkdtempSync(join(tmpdir(), "mutants-"));
  const filter = (/** @type {string} */ path) => !notCopied.includes(basename(path));
  cpSync(process.cwd(), folder, { recursive: true, filter });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  return folder;
}

/** @returns {Mutant[]} */
function readMutants() {
  const lines = readFileSync("specs/promised-numbers.md", "utf8").split("\n");
  return lines
    .filter((line) => /^\| .*`.*\|$/.test(line))
    .map((line) => {
      const cells = line.slice(2, -2).split(" | ");
      const [promise = "", file = "", now = "", changed = "", test = "", name = ""] = cells.map(
        (cell) => cell.replaceAll("`", ""),
      );
      return { promise, file, now, changed, test, name };
    });
}

/**
 * A test that fails as things stand would kill every mutant.
 *
 * @param {string[]} tests
 * @param {string} names
 */
function refuseRed(tests, names) {
  const { passed, failed } = run(tests, names);
  if (failed > 0 || passed === 0) {
    console.error(`Without any change, ${failed} tests fail and ${passed} pass. Mend them first.`);
    process.exit(1);
  }
}

/** @param {Mutant} mutant */
function dies({ promise, file, now, changed, test, name }) {
  const path = join(copy, file);
  const source = readFileSync(path, "utf8");
  writeFileSync(
    path,
    source.replace(now, () => changed),
  );
  const { failed } = run([test], name);
  writeFileSync(path, source);
  console.log(
    `${failed > 0 ? "dies " : "LIVES"}  ${promise}: ${now} -> ${changed} (${test}: ${name})`,
  );
  return failed > 0;
}

/**
 * @param {string[]} tests
 * @param {string} [name] words of the names of those that run
 */
function run(tests, name = "") {
  const report = join(copy, "mutant-report.json");
  const options = ["--config", "tests/vitest.config.ts", "--maxWorkers", "1", "-t", name];
  const output = ["--reporter", "json", "--outputFile", report];
  const command = ["node_modules/vitest/vitest.mjs", "run", ...options, ...output, ...tests];
  const { signal } = spawnSync(process.execPath, command, { cwd: copy, stdio: "ignore" });
  if (signal) {
    process.exit(1);
  }
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
  return { passed: numPassedTests, failed: numFailedTests };
}
