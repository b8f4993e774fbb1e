import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const filesOfNext =
  /(^|\/)(page|layout|route|error|global-error|not-found|loading|default|manifest|robots|sitemap)\.tsx?$/;
const notOurs = ["lib/db/generated/", "app/docs/samples/"];

// Its operations.ts, sync.ts and export-schema.ts gather what the folders of the nouns declare, and the
// nouns declare it with the builders beside them. No two files of it import each other.
const oneWithItsFolders = ["lib/operations"];

const files = ["app", "lib"].flatMap(filesIn).sort();
const imports = new Map(files.map((file) => [file, importsOf(file)]));
const modules = files.filter((file) => !filesOfNext.test(file));

it("few modules of at most 25 lines serve a single other module", () => {
  const all = [...imports.values()].flat();
  const small = modules.filter(
    (file) => lineCount(file) <= 25 && all.filter((imported) => imported === file).length === 1,
  );
  expect(small.length, small.join("\n")).toBeLessThanOrEqual(15);
});

it("half of the modules have 50 lines or more, and none has more than 300", () => {
  const counts = modules.map(lineCount).sort((one, other) => one - other);
  expect(counts[Math.floor(counts.length / 2)]).toBeGreaterThanOrEqual(50);
  expect(modules.filter((file) => lineCount(file) > 300)).toEqual([]);
});

it("the top of lib holds at most eight files", () => {
  expect(files.filter((file) => dirname(file) === "lib").length).toBeLessThanOrEqual(8);
});

it("no file imports, in the end, itself", () => {
  expect(files.filter((file) => closureOf(imports, imports.get(file) ?? []).has(file))).toEqual([]);
});

it("no folder imports, in the end, itself", () => {
  const folders = new Map<string, string[]>();
  for (const [file, imported] of imports) {
    const folder = folderOf(file);
    const others = imported.map(folderOf).filter((other) => other !== folder);
    folders.set(folder, [...(folders.get(folder) ?? []), ...others]);
  }
  const inCircles = [...folders].filter(([folder, others]) =>
    closureOf(folders, others).has(folder),
  );
  expect(inCircles.map(([folder]) => folder)).toEqual([]);
});

it("a sign-in with password and code is told in at most 60 files", () => {
  const trip = closureOf(imports, ["lib/http/auth/sign-in.ts", "lib/http/auth/second-step.ts"]);
  expect(trip.size, [...trip].sort().join("\n")).toBeLessThanOrEqual(60);
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => /(?<!\.d)\.(tsx?|mjs)$/.test(file))
    .filter((file) => !notOurs.some((start) => file.startsWith(start)));
}

/** The modules of app and lib that a file imports, for their types alone or when needed as well. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const paths = [...text.matchAll(/\b(?:from|import)\s*\(?\s*"((?:@|\.\.?)\/[^"?]+)/g)].map(
    ([, path = ""]) => (path.startsWith("@/") ? path.slice(2) : join(dirname(file), path)),
  );
  const found = paths.flatMap((path) =>
    files.filter((other) => [path, `${path}.ts`, `${path}.tsx`].includes(other)),
  );
  return [...new Set(found)];
}

/** What some files or folders import, and what that imports, and so on; they themselves too. */
function closureOf(edges: Map<string, string[]>, starts: string[]): Set<string> {
  const closure = new Set(starts);
  for (const one of closure) {
    for (const next of edges.get(one) ?? []) {
      closure.add(next);
    }
  }
  return closure;
}

function folderOf(file: string): string {
  const folder = dirname(file);
  return oneWithItsFolders.find((whole) => `${folder}/`.startsWith(`${whole}/`)) ?? folder;
}

function lineCount(file: string): number {
  return readFileSync(file, "utf8").split("\n").length - 1;
}
