import { expect, it } from "vitest";
import { apiMethods } from "@/lib/http/api-methods";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";

const id = crypto.randomUUID();

const routes: [string, string][] = [
  ["/api/tasks", "GET, HEAD, POST, OPTIONS"],
  [`/api/tasks/${id}`, "GET, HEAD, PUT, PATCH, DELETE, OPTIONS"],
  [`/api/tasks/${id}/complete`, "PATCH, OPTIONS"],
  [`/api/tasks/${id}/restore`, "POST, OPTIONS"],
  ["/api/token", "POST, OPTIONS"],
];

it.each(routes)("%s offers %s and refuses every other method", async (path, allow) => {
  const offered = allow.split(", ");
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
    if (!offered.includes(method)) {
      const refused = await call(method, path);
      expect(refused.status, method).toBe(405);
      expect(problemIn(refused).code).toBe("method_not_allowed");
      expect(refused.headers.get("allow")).toBe(allow);
    }
  }
  const options = await call("OPTIONS", path);
  expect(options).toMatchObject({ status: 204, body: null });
  expect(options.headers.get("allow")).toBe(allow);
});

it.each(Object.entries(apiMethods))(
  "the route of %s offers the methods that are declared, and no other",
  async (path, allow) => {
    const address = path.replaceAll(/\{\w+\}/g, id);
    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]) {
      const isRefused = (await call(method, address)).status === 405;
      expect(isRefused, method).toBe(!allow.split(", ").includes(method));
    }
  },
);

it("HEAD is refused without a body where GET is not offered", async () => {
  const refused = await call("HEAD", `/api/tasks/${id}/complete`);
  expect(refused).toMatchObject({ status: 405, body: null });
});

it.each(["/api", "/api/nothing", "/api/tasks/1/2/3", `/api/tasks/${id}/archive`, "/api/%00"])(
  "%s is a 404 problem for every method",
  async (path) => {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const missing = await call(method, path, { headers: { "X-Request-Id": "mine-1" } });
      expect(missing.status, method).toBe(404);
      expect(missing.body).toEqual({
        type: "/docs/errors#not_found",
        title: "Not found",
        status: 404,
        detail: "There is nothing at this address. The API is at /docs.",
        code: "not_found",
        requestId: "mine-1",
      });
      expect(missing.headers.get("content-type")).toBe("application/problem+json");
    }
    expect(await call("HEAD", path)).toMatchObject({ status: 404, body: null });
  },
);

it.each(["mine-1", "a.B_9", "x".repeat(128)])("the request id %s is kept", async (requestId) => {
  const missing = await call("GET", "/api/nothing", { headers: { "X-Request-Id": requestId } });
  expect(missing.headers.get("x-request-id")).toBe(requestId);
  expect(problemIn(missing).requestId).toBe(requestId);
});

it.each(["", "x".repeat(129), "two words", "a,b", '{"a":1}', "é"])(
  "the request id %j is replaced",
  async (requestId) => {
    const missing = await call("GET", "/api/nothing", { headers: { "X-Request-Id": requestId } });
    const given = missing.headers.get("x-request-id");
    expect(given).toMatch(/^[0-9a-f-]{36}$/);
    expect(problemIn(missing).requestId).toBe(given);
  },
);
