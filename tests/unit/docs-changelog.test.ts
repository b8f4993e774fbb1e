import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseChangelog } from "@/app/docs/changelog/parse-changelog";

it("reads versions, their dates and their changes by kind", () => {
  const text = `# Changelog

Words before.

## [Unreleased]

## [1.1.0] - 2026-12-24

### Added

- One thing with \`code\`.
- Another.

### Fixed

- A third.

## 1.0.0 - 2026-11-20

### Added

- All.

[1.1.0]: https://example.com
`;
  expect(parseChangelog(text)).toEqual([
    {
      version: "1.1.0",
      date: "2026-12-24",
      changes: [
        { kind: "Added", items: ["One thing with `code`.", "Another."] },
        { kind: "Fixed", items: ["A third."] },
      ],
    },
    { version: "1.0.0", date: "2026-11-20", changes: [{ kind: "Added", items: ["All."] }] },
  ]);
});

it("the changelog of this project has its form, newest version first", () => {
  const releases = parseChangelog(readFileSync("CHANGELOG.md", "utf8"));
  expect(releases.map(({ version }) => version)).toContain("1.0.0");
  const dates = releases.map(({ date }) => date ?? "9999-12-31");
  expect(dates).toEqual(dates.toSorted().toReversed());
  const kinds = releases.flatMap(({ changes }) => changes.map(({ kind }) => kind));
  const known = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
  expect(kinds.filter((kind) => !known.includes(kind))).toEqual([]);
  expect(releases.flatMap(({ changes }) => changes).every(({ items }) => items.length > 0)).toBe(
    true,
  );
});
