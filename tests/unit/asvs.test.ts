import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type LedgerLine, ledgerLines, ledgerProofs } from "@/tests/support/proofs";

/**
 * The levels of the requirements of ASVS 5.0.0: a line for each chapter, a word for each section, a
 * digit for each requirement. The ledger holds those of level 1 and 2.
 */
const chapters = [
  "22 1111122223 112222222223 222 123",
  "122 112 12223 23",
  "3 113 12223 11222233 11122333 3 22333",
  "12233 23333 22 1222",
  "2 112333 113 222",
  "122 111111112222 11223333 112233 22222333 2223 33 2222",
  "222 1111 22 11222 223 22",
  "1233 1123 133 23",
  "111 1222",
  "22 223 22223 1111122222233333 22222 22 222",
  "2233 22233 11233 1222 23 23 33",
  "12233 11 22223",
  "2333 222223 2233 1222233",
  "22 12223333 122",
  "12233 12233 1222222 3333",
  "2 22222 2222 222 2223",
  "23 22223333 22",
];
const requirements = chapters.flatMap((chapter, chapterIndex) =>
  chapter.split(" ").flatMap((section, sectionIndex) =>
    Array.from(section, (level, index) => ({
      id: [chapterIndex, sectionIndex, index].map((place) => place + 1).join("."),
      level,
    })),
  ),
);

const ledger = readFileSync("specs/security/asvs.md", "utf8");
const lines = ledgerLines();
const states = ["test", "document", "code", "gap", "not applicable"] as const;

describe("the ledger of OWASP ASVS 5.0.0", () => {
  it("has every requirement of level 1 and 2 once, with its level", () => {
    expect(requirements).toHaveLength(345);
    const held = lines.map(({ id, level }) => ({ id, level }));
    expect(held).toEqual(requirements.filter(({ level }) => level !== "3"));
  });

  it("counts its lines right", () => {
    const counted = [...states, "all"].map((state) => {
      const at = (level: string) =>
        lines.filter((line) => isIn(state, line) && line.level === level);
      const [one, two] = [at("1").length, at("2").length];
      return `| ${state} | ${one} | ${two} | ${one + two} |`;
    });
    expect(ledger).toContain(counted.join("\n"));
  });

  it.each(lines.flatMap(ledgerProofs))("$id is shown by $path: $title", ({ path, title }) => {
    expect(existsSync(path)).toBe(true);
    if (title !== undefined) {
      expect(path).toMatch(/\.(test|spec)\.tsx?$/);
    }
  });
});

function isIn(state: string, line: LedgerLine): boolean {
  return state === "all" || state === stateOf(line);
}

function stateOf(line: LedgerLine): (typeof states)[number] {
  if (line.shownBy.startsWith("Gap: ")) {
    return "gap";
  }
  if (line.shownBy.startsWith("Not applicable: ")) {
    return "not applicable";
  }
  const [first, ...others] = ledgerProofs(line);
  if ([first, ...others].some((proof) => proof?.title !== undefined)) {
    return "test";
  }
  return /\.(md|json)$/.test(first?.path ?? "") ? "document" : "code";
}
