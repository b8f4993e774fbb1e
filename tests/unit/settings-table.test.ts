import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { settingProofs } from "@/tests/support/proofs";

const page = readFileSync("specs/settings.md", "utf8");
const [settingsPart = "", otherPart = ""] = page.split("## What is not a setting");
const settings = namesIn(settingsPart, /^\| `(\w+)` \|/gm);
const others = namesIn(otherPart, /^\| `(\w+)` \|/gm);

it("the page of settings has those of .env.example, in its order", () => {
  expect(settings).toEqual(namesIn(readFileSync(".env.example", "utf8"), /^([A-Z]\w*)=/gm));
});

it("the page knows every variable that lib/env.ts reads, and no other", () => {
  const read = namesIn(readFileSync("lib/env.ts", "utf8"), /^ {2}([A-Z][A-Z0-9_]+): ?/gm);
  expect(read.length).toBeGreaterThan(20);
  // The command that starts the server reads these itself, before the app is loaded.
  const ofTheCommands = [
    "HOSTNAME",
    "NEXT_PHASE",
    "NEXT_RUNTIME",
    "NEXT_TELEMETRY_DISABLED",
    "npm_lifecycle_script",
  ];
  expect([...read, ...ofTheCommands].sort()).toEqual([...settings, ...others].sort());
});

it("the page knows every variable that any file reads past lib/env.ts", () => {
  const files = ["instrumentation.ts", "next.config.ts", "prisma.config.ts", "proxy.ts"];
  const sources = [...files, ...["app", "lib", "prisma"].flatMap(sourcesUnder)];
  const known = new Set([...settings, ...others]);
  const unknown = sources.flatMap((path) => {
    const text = readFileSync(path, "utf8");
    const read = [
      ...namesIn(text, /process\.env\.(\w+)/g),
      ...namesIn(text, /\{([\w\s,]+)\} = process\.env/g).flatMap((names) => names.split(",")),
    ];
    return read.filter((name) => !known.has(name.trim())).map((name) => `${path}: ${name}`);
  });
  expect(unknown).toEqual([]);
});

it("the page names a test for every setting", () => {
  expect([...new Set(settingProofs().map(({ id }) => id))]).toEqual(settings);
});

/** The guides hold other people's programs, and the client is generated. */
function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => /\.(tsx?|mjs)$/.test(path))
    .filter((path) => !/^(app\/docs|lib\/db\/generated)\//.test(path));
}

function namesIn(text: string, form: RegExp): string[] {
  return [...text.matchAll(form)].map(([, name = ""]) => name);
}
