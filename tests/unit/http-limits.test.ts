import http from "node:http";
import { expect, it } from "vitest";
import { limitHttpServers } from "@/lib/start/http-limits.mjs";

it("a client has 15 s for its headers, 30 s for its body, and 75 s until its next request", () => {
  const { createServer } = http;
  limitHttpServers();
  const server = http.createServer(() => {});
  Object.assign(http, { createServer });
  expect([server.headersTimeout, server.requestTimeout, server.keepAliveTimeout]).toEqual([
    15_000, 30_000, 75_000,
  ]);
});
