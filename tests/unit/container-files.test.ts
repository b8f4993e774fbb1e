import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

describe("what a build of the image is given", () => {
  it.each([
    ".env",
    ".env.local",
    "deploy/.env",
    "deploy/.env.production",
    ".vercel/project.json",
    "deploy/.vercel/.env.preview.local",
    ".git/config",
    ".data/auth-secret",
    "deploy/.data/postgres/PG_VERSION",
    ".next/cache/webpack",
    "node_modules/next/package.json",
    "deploy/node_modules/next/package.json",
  ])("lacks %s", (path) => {
    expect(isIgnored(path)).toBe(true);
  });

  it.each([
    ".env.example",
    ".npmrc",
    "package-lock.json",
    "app/page.tsx",
    "lib/env.ts",
    "lib/db/client.ts",
    "prisma/schema.prisma",
    "public/screenshot.png",
  ])("has %s", (path) => {
    expect(isIgnored(path)).toBe(false);
  });
});

it("compose.yaml overrides no setting of .env but the port inside the container", () => {
  const [, app = ""] = /^ {4}environment:\n((?: {6}.*\n)+)/m.exec(read("compose.yaml")) ?? [];
  const entries = [...app.matchAll(/^ {6}(\w+): (.*)$/gm)];
  expect(entries.length).toBeGreaterThan(2);
  const overriding = entries.filter(([, name, value]) => !value?.startsWith(`\${${name}:`));
  expect(overriding.map(([line]) => line.trim())).toEqual(["PORT: 3000"]);
});

/** As Docker reads .dockerignore: the last rule that meets a path, or a folder above it, counts. */
function isIgnored(path: string): boolean {
  const rules = read(".dockerignore")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const last = rules.findLast((rule) => pattern(rule.replace(/^!/, "")).test(path));
  return last !== undefined && !last.startsWith("!");
}

function pattern(rule: string): RegExp {
  const source = rule
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*\/|\*/g, (stars) => (stars === "*" ? "[^/]*" : "(?:.*/)?"));
  return new RegExp(`^${source}(?:/.*)?$`);
}

function read(path: string): string {
  return readFileSync(path, "utf8");
}
