import { expect, it, vi } from "vitest";
import { call } from "@/tests/support/api";

vi.hoisted(() => vi.stubEnv("CORS_ORIGINS", "https://app.example https://other.example"));

it("a page of a listed origin may call the task API, without credentials", async () => {
  const headers = { Origin: "https://app.example" };
  const answer = await call("GET", "/api/tasks", { headers });
  expect(answer.headers.get("access-control-allow-origin")).toBe("https://app.example");
  expect(answer.headers.get("access-control-expose-headers")).toContain("ETag");
  expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
  expect(answer.headers.get("vary")).toBe("Origin");
});

it("a preflight of a listed origin is told the methods and headers", async () => {
  const preflight = await call("OPTIONS", "/api/tasks", {
    headers: { Origin: "https://other.example", "Access-Control-Request-Method": "POST" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe("https://other.example");
  expect(preflight.headers.get("access-control-allow-methods")).toBe("GET, HEAD, POST, OPTIONS");
  expect(preflight.headers.get("access-control-allow-headers")).toContain("Authorization");
});

it.each(["https://evil.example", "https://app.example.evil", "null", "http://app.example"])(
  "a page of %s may not",
  async (origin) => {
    const answer = await call("GET", "/api/tasks", { headers: { Origin: origin } });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(answer.headers.get("vary")).toBe("Origin");
  },
);

it("other routes are not for pages of other origins", async () => {
  const answer = await call("GET", "/api/nothing", { headers: { Origin: "https://app.example" } });
  expect(answer.headers.get("access-control-allow-origin")).toBeNull();
});
