import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pagePaths, routePatternOf } from "@/lib/server/route-pattern";

/** The files by which Next makes an address, and what stands in it for them. */
const addressOfFile: [file: RegExp, name: string][] = [
  [/^page\.tsx$/, ""],
  [/^route\.ts$/, ""],
  [/^manifest\.ts$/, "manifest.webmanifest"],
  [/^robots\.ts$/, "robots.txt"],
  [/^sitemap\.ts$/, "sitemap.xml"],
  [/^(favicon|icon|apple-icon|opengraph-image)\.(ico|svg|png)$/, "$&"],
];

it("the table has every page, every other route outside /api and every public file", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8", withFileTypes: true });
  const ofApp = files
    .filter((file) => file.isFile() && !/^app\/api(\/|$)/.test(file.parentPath))
    .flatMap(({ name, parentPath }) =>
      addressOfFile
        .filter(([file]) => file.test(name))
        .map(([file, address]) => join("/", parentPath.slice(3), name.replace(file, address))),
    )
    .map((path) => path.replaceAll(/\/\([^/]+\)/g, ""))
    .map((path) => (path === "/" ? path : path.replace(/\/$/, "")));
  const ofPublic = readdirSync("public").map((name) => `/${name}`);
  expect([...ofApp, ...ofPublic].toSorted()).toEqual([...pagePaths].toSorted());
});

it.each([
  ["/", "/"],
  ["/reset-password", "/reset-password"],
  ["/tasks/evo_secret", "/*"],
  ["/evo_secret", "/*"],
  ["/reset-password/secret", "/*"],
  ["/api", "/api/*"],
  ["/api/tasks/secret", "/api/tasks/{id}"],
  ["/api/tasks/secret/", "/api/*"],
  ["/apisecret", "/*"],
])("%s is written down as %s", (path, pattern) => {
  expect(routePatternOf(path)).toBe(pattern);
});
