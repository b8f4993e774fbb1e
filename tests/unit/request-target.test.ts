import { expect, it } from "vitest";
import { plainPath } from "@/lib/server/request-target";

it.each([
  ["/", "/"],
  ["/tasks", "/tasks"],
  ["/api/tasks/%41", "/api/tasks/A"],
  ["/api/tasks/%F0%9F%98%80", "/api/tasks/😀"],
  ["/api/tasks/...", "/api/tasks/..."],
  ["/.well-known/security.txt", "/.well-known/security.txt"],
  ["/api/tasks/a%2Fb", "/api/tasks/a/b"],
])("%s means one thing", (path, decoded) => {
  expect(plainPath(path)).toBe(decoded);
});

it.each([
  "",
  "*",
  "tasks",
  "//tasks",
  "/api//tasks",
  "/api/tasks/..",
  "/api/../tasks",
  "/api/%2e%2E/tasks",
  "/./tasks",
  "/api\\tasks",
  "/api/%ff",
  "/api/%zz",
  "/api/%",
  "/api/%00",
  "/api/%c0%af",
  "/api/%ed%a0%80",
])("%s is refused", (path) => {
  expect(plainPath(path)).toBeNull();
});
