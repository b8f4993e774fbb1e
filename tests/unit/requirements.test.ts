import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { brokenProofs, namedTests, requirementProofs } from "@/tests/support/proofs";

const specification = readFileSync("specs/004-jwt-auth/spec.md", "utf8");
const requirements = [...specification.matchAll(/^- (FR-\d{3}) /gm)].map(([, id = ""]) => id);

describe("the checklist of requirements", () => {
  it("has a test for every requirement, and none for what is not required", () => {
    const proven = requirementProofs().map(({ id }) => id);
    expect([...new Set(proven)].sort()).toEqual([...requirements].sort());
  });
});

// Whether they ran and passed is seen at the end of each run: tests/setup/vitest-proofs.ts.
describe("a proof that the specs name", () => {
  it.each(namedTests())("$id: $path is a file that a runner runs", ({ path }) => {
    expect(path).toMatch(/^tests\/((unit|api|ui)\/.+\.test\.tsx?|e2e\/[^/]+\.spec\.ts)$/);
    expect(existsSync(path)).toBe(true);
  });

  const path = "tests/api/a.test.ts";
  const proof = (title?: string) => [{ id: "FR-001", path, title }];
  const ran = (title: string, hasPassed: boolean) => ({
    path,
    titles: ["a group", title],
    hasPassed,
  });

  it.each([
    ["passed", [ran("keeps what was typed", true)], []],
    ["did not run", [ran("keeps nothing", true)], ['no test "keeps what was typed" ran']],
    [
      "failed or was skipped",
      [ran("keeps what was typed", false)],
      ['1 of 1 tests "keeps what was typed" did not pass'],
    ],
  ])("is judged by the run: it %s", (_, tests, sentences) => {
    expect(brokenProofs(proof("keeps what was typed"), tests)).toEqual(
      sentences.map((sentence) => `FR-001: ${path}: ${sentence}`),
    );
  });

  it("of a table or a template has passed in all of its rows", () => {
    const rows = [ran("refuses 1 of 2.", true), ran("refuses x of 2.", false)];
    for (const title of [
      "refuses %s of 2.",
      "refuses $what of 2.",
      ["refuses $", "{what} of 2."].join(""),
    ]) {
      expect(brokenProofs(proof(title), rows)).toHaveLength(1);
      expect(brokenProofs(proof(title), rows.slice(0, 1))).toEqual([]);
    }
  });

  it("that names a file alone means all of its tests", () => {
    expect(brokenProofs(proof(), [ran("one", true), ran("other", false)])).toEqual([
      `FR-001: ${path}: 1 of 2 tests did not pass`,
    ]);
    expect(brokenProofs(proof(), [ran("one", true)])).toEqual([]);
  });

  it("is another runner's where no test of its file ran", () => {
    expect(brokenProofs(proof("keeps what was typed"), [])).toEqual([]);
  });
});
