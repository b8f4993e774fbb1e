import { expect, it } from "vitest";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { taskOwner } from "@/tests/support/task-owner";

it("a task is read whole, with its ETag", async () => {
  const owner = await taskOwner();
  const made = await owner.make({ description: "d", priority: "low", dueDate: "2026-01-02" });
  const read = await owner.send("GET", `/api/tasks/${made.id}`);
  expect(read.status).toBe(200);
  expect(read.body).toEqual(made);
  expect(read.headers.get("etag")).toBe('"1"');
});

it("HEAD answers as GET does, without a body", async () => {
  const owner = await taskOwner();
  const { id } = await owner.make();
  const head = await owner.send("HEAD", `/api/tasks/${id}`);
  expect(head).toMatchObject({ status: 200, body: null });
  expect(head.headers.get("etag")).toBe('"1"');
  expect((await call("HEAD", `/api/tasks/${id}`)).status).toBe(401);
});

it.each(['"1"', 'W/"1"', '"7", W/"1"', "*"])("If-None-Match with %s is 304", async (header) => {
  const owner = await taskOwner();
  const { id } = await owner.make();
  const headers = { "If-None-Match": header };
  const unchanged = await owner.send("GET", `/api/tasks/${id}`, { headers });
  expect(unchanged).toMatchObject({ status: 304, body: null });
  expect(unchanged.headers.get("etag")).toBe('"1"');
});

it("If-None-Match with another version gets the task", async () => {
  const owner = await taskOwner();
  const { id } = await owner.make();
  await owner.send("PATCH", `/api/tasks/${id}`, { body: { priority: "low" } });
  const headers = { "If-None-Match": '"1"' };
  expect((await owner.send("GET", `/api/tasks/${id}`, { headers })).status).toBe(200);
});

it("a task that is missing, foreign, deleted or no UUID is the same 404, for every request", async () => {
  const [owner, other] = await Promise.all([taskOwner(), taskOwner()]);
  const foreign = await other.make();
  const deleted = await owner.make();
  await owner.send("DELETE", `/api/tasks/${deleted.id}`);
  const ids = [
    foreign.id,
    foreign.id.toUpperCase(),
    deleted.id,
    crypto.randomUUID(),
    "1",
    "null",
    "%00",
    "%F0%9F%98%80",
    "..%2F..%2Fetc",
    `${foreign.id}%20`,
    `{${foreign.id}}`,
    "x".repeat(8_192),
  ];
  const requests: [string, string, object?][] = [
    ["GET", ""],
    ["PUT", "", { title: "Mine" }],
    ["PATCH", "", { title: "Mine" }],
    ["DELETE", ""],
    ["PATCH", "/complete"],
  ];
  for (const [method, rest, body] of requests) {
    for (const id of ids) {
      const missing = await owner.send(method, `/api/tasks/${id}${rest}`, {
        headers: { "X-Request-Id": "same", "If-None-Match": '"1"' },
        ...(body && { body }),
      });
      expect(missing.status, `${method} ${id}`).toBe(404);
      expect(missing.body).toEqual({
        type: "/docs/errors#not_found",
        title: "Not found",
        status: 404,
        detail: "There is no such task.",
        code: "not_found",
        requestId: "same",
      });
      expect(Object.fromEntries(missing.headers)).toEqual({
        "cache-control": "no-store",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "content-type": "application/problem+json",
        "x-content-type-options": "nosniff",
        "x-request-id": "same",
      });
    }
  }
  expect(await other.listAll()).toEqual([foreign]);
});

it("a query is refused where none is offered", async () => {
  const owner = await taskOwner();
  const { id } = await owner.make();
  for (const [method, path] of [
    ["GET", `/api/tasks/${id}`],
    ["PUT", `/api/tasks/${id}`],
    ["PATCH", `/api/tasks/${id}`],
    ["DELETE", `/api/tasks/${id}`],
    ["PATCH", `/api/tasks/${id}/complete`],
    ["POST", `/api/tasks/${id}/restore`],
  ] as const) {
    const refused = await owner.send(method, `${path}?userId=x&userId=y`);
    expect(problemIn(refused).errors?.map((error) => error.pointer)).toEqual(["?userId"]);
  }
});
