import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextPath } from "@/app/(auth)/next-path";
import { signInPath } from "@/lib/operations/site-path";

const site = "https://tasks.example";

describe("the page to open after signing in", () => {
  it.each(["/tasks", "/settings", "/tasks?status=open&q=a%20b", "/tasks/1#notes", "/"])(
    "is %s when asked for",
    (path) => {
      expect(nextPath(path)).toBe(path);
    },
  );

  it.each([
    [undefined],
    [""],
    ["tasks"],
    ["//evil.example"],
    ["///evil.example"],
    ["/\\evil.example"],
    ["\\\\evil.example"],
    ["/\t/evil.example"],
    ["/\n/evil.example"],
    ["\u0000/tasks"],
    ["/tasks\u0085"],
    ["/.//evil.example"],
    ["/a/..//evil.example"],
    ["https://evil.example"],
    ["javascript:alert(1)"],
    ["data:text/html,x"],
    [" /tasks"],
    [["/tasks", "/settings"]],
  ])("is /tasks when asked for %j", (requested) => {
    expect(nextPath(requested)).toBe("/tasks");
  });

  it("never leaves the site, whatever was asked for", () => {
    const pieces = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "\t",
      "\n",
      ":",
      "@",
      "%2f",
      "evil.example",
      "a",
      "?",
      "#",
      "https:",
    );
    const anything = fc.oneof(
      fc.array(pieces).map((parts) => parts.join("")),
      fc.string(),
    );
    fc.assert(
      fc.property(anything, (requested) => {
        expect(new URL(nextPath(requested), site).origin).toBe(site);
        expect(new URL(nextPath(`/${requested}`), site).origin).toBe(site);
      }),
    );
  });

  it("survives the way through the address of the sign-in page", () => {
    fc.assert(
      fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
        const wanted = `/tasks${path}?${query}`;
        const address = new URL(signInPath(wanted), site);
        expect(address.pathname).toBe("/sign-in");
        expect(address.searchParams.get("next")).toBe(wanted);
      }),
    );
    expect(signInPath("/tasks")).toBe("/sign-in?next=/tasks");
  });
});
