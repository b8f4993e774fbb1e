import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { allowOf, apiMethods } from "@/lib/http/api-methods";
import { authEndpoints } from "@/lib/http/auth/auth-route";
import { openApiDocument } from "@/lib/openapi/openapi-document";
import { requestLines } from "@/lib/operations/request-lines";
import { exportTasks } from "@/lib/tasks/export-tasks";
import { apiRoutes, matchRoute } from "../support/routes";

const paths = Object.keys(apiMethods);

it("the table has every route under app/api, every path of the contract and every auth route", () => {
  const routes = apiRoutes()
    .map(({ path }) => path.replaceAll(/\[(\w+)\]/g, "{$1}"))
    .filter((path) => !path.includes("[..."));
  const contract = Object.keys(openApiDocument().paths ?? {});
  const auth = Object.keys(
    authEndpoints({ createOnboardingTasks: async () => {}, exportTasks }),
  ).map((path) => `/api/auth${path}`);
  expect(auth).toContain("/api/auth/token");
  expect(paths.toSorted()).toEqual([...new Set([...routes, ...contract, ...auth])].toSorted());
});

it.each(paths)("the route of %s says the Allow that the table says", async (path) => {
  const address = path.replace("{id}", "0199e3a0-7c00-7000-8000-000000000000");
  const matched = matchRoute(address);
  const { OPTIONS } = (await matched?.route.load()) ?? {};
  if (typeof OPTIONS !== "function") {
    throw new Error(`${path} has no OPTIONS`);
  }
  const request = new Request(`http://localhost:3000${address}`, { method: "OPTIONS" });
  const answer: unknown = await OPTIONS(request, { params: Promise.resolve(matched?.params) });
  expect(answer).toHaveProperty("status", 204);
  expect(answer instanceof Response && answer.headers.get("allow")).toBe(allowOf(address));
});

it("each operation is wired once, in the route and under the method that it declares", () => {
  const wired = apiRoutes().flatMap(({ path }) => {
    const source = readFileSync(join("app", path, "route.ts"), "utf8");
    return [...source.matchAll(/^export const (\w+) = withJwt\(\s*\w+\.(\w+),/gm)].map(
      ([, method, name]) => `${name}: ${method} ${path.replaceAll(/\[(\w+)\]/g, "{$1}")}`,
    );
  });
  const declared = Object.entries(requestLines).map(
    ([name, { method, path }]) => `${name}: ${method} ${path}`,
  );
  expect(wired.toSorted()).toEqual(declared.toSorted());
});

it.each([
  "/api",
  "/api/nothing",
  "/api/tasks/1/2",
  "/api/tasks/1/complete/x",
  "/api/auth",
  "/api/openapixjson",
])("%s offers nothing", (path) => {
  expect(allowOf(path)).toBeUndefined();
});
