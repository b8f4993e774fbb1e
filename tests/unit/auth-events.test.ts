import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { authEvents } from "@/lib/http/auth/auth-events";

it("the description of the log has every event, and no other", () => {
  const [, ofAccounts = ""] = readFileSync("specs/004-jwt-auth/log.md", "utf8").split("## `auth`");
  const described = ofAccounts.matchAll(/^\| `([^`]+)` \|/gm);
  expect([...described].map(([, event]) => event).toSorted()).toEqual(authEvents.toSorted());
});

it("every event is written down somewhere", () => {
  const handlers = readdirSync("lib/http", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith("auth-events.ts"))
    .map((file) => readFileSync(`lib/http/${file}`, "utf8"))
    .join();
  expect(authEvents.filter((event) => !handlers.includes(`"${event}"`))).toEqual([]);
});
