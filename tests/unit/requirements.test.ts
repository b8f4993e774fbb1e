import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const specification = readFileSync("specs/004-jwt-auth/spec.md", "utf8");
const checklist = readFileSync("specs/004-jwt-auth/checklists/requirements.md", "utf8");

const requirements = [...specification.matchAll(/^- (FR-\d{3}) /gm)].map(([, id = ""]) => id);
const proofs = [...checklist.matchAll(/^\| (FR-\d{3}) \| (\S+) \| (.+) \|$/gm)].map(
  ([, id = "", file = "", title = ""]) => ({ id, file, title }),
);

describe("the checklist of requirements", () => {
  it("has a test for every requirement, and none for what is not required", () => {
    expect([...new Set(proofs.map(({ id }) => id))].sort()).toEqual([...requirements].sort());
  });

  it.each(proofs)("$id: $file has a test that says: $title", ({ file, title }) => {
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, "utf8")).toContain(title);
  });
});
