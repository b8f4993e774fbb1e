import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const rows = readFileSync("specs/promised-numbers.md", "utf8")
  .split("\n")
  .filter((line) => /^\| .*`.*\|$/.test(line))
  .map((line) => line.slice(2, -2).split(" | "));

it.each(rows)("%s: it stands once where the table says, and has its test", (...cells) => {
  const [file = "", now = "", changed = "", test = "", name = ""] = cells
    .slice(1)
    .map((cell) => cell.replaceAll("`", ""));
  expect(readFileSync(file, "utf8").split(now)).toHaveLength(2);
  expect(changed).not.toBe(now);
  expect(readFileSync(test, "utf8")).toContain(name);
});
