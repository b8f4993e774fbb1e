import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

describe("the address of a client behind a proxy that is trusted", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["198.51.100.7, 192.0.2.1", "192.0.2.1"],
    ["192.0.2.1:4711", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["2001:db8::1", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["[2001:db8::1]:4711", "2001:db8::1"],
  ])("which sends %s, is %s", async (sent, address) => {
    expect(await addressFrom(sent, "1")).toBe(address);
  });
});

it("without a trusted proxy, what a client says of its address does not count", async () => {
  expect(await addressFrom("192.0.2.1", "")).toBe("127.0.0.1");
});

it.each([
  ["1", "203.0.113.9, 192.0.2.1", "192.0.2.1"],
  ["2", "203.0.113.9, 192.0.2.1, 10.0.0.1", "192.0.2.1"],
  ["3", "203.0.113.9, 192.0.2.1, 10.0.0.1, 10.0.0.2", "192.0.2.1"],
  ["2", "192.0.2.1", "192.0.2.1"],
  ["2", "", "127.0.0.1"],
  ["0", "192.0.2.1", "127.0.0.1"],
])(
  "with %s proxies in front, the address in %j is what they leave: %s",
  async (count, sent, address) => {
    expect(await addressFrom(sent, count)).toBe(address);
  },
);

describe("the host that a proxy passes on", () => {
  const site = "https://todo.example:8443";

  it.each([
    ["1", { "x-forwarded-host": "todo.example:8443" }, "todo.example:8443"],
    ["1", { "x-forwarded-host": "todo.example" }, "todo.example:8443"],
    ["1", { "x-forwarded-host": "Todo.Example" }, "todo.example:8443"],
    ["1", { host: "todo.example" }, "todo.example:8443"],
    ["1", { "x-forwarded-host": "evil.example" }, "evil.example"],
    ["1", { "x-forwarded-host": "todo.example:9000" }, "todo.example:9000"],
    ["1", { "x-forwarded-host": "evil.example, todo.example" }, "todo.example:8443"],
    ["2", { "x-forwarded-host": "evil.example, todo.example, app" }, "todo.example:8443"],
    ["0", { "x-forwarded-host": "todo.example:8443", host: "app:3000" }, "app:3000"],
    ["0", { host: "todo.example" }, "todo.example"],
  ])("behind %s proxies, of %j, is %s", async (count, sent, host) => {
    expect(await hostFrom(sent, count, site)).toBe(host);
  });
});

async function hostFrom(headers: Record<string, string>, count: string, site: string) {
  vi.stubEnv("TRUST_PROXY", count);
  vi.stubEnv("BETTER_AUTH_URL", site);
  const { setTrueClient } = await import("@/lib/server/client-headers");
  const request = new IncomingMessage(socketFrom("127.0.0.1"));
  request.headers = { ...headers };
  setTrueClient(request);
  expect(request.headers).not.toHaveProperty("x-forwarded-host");
  return request.headers.host;
}

async function addressFrom(forwarded: string, trustProxy: string) {
  vi.stubEnv("TRUST_PROXY", trustProxy);
  const { setTrueClient } = await import("@/lib/server/client-headers");
  const request = new IncomingMessage(socketFrom("127.0.0.1"));
  request.headers = { "x-forwarded-for": forwarded, "x-real-ip": forwarded };
  setTrueClient(request);
  expect(request.headers).not.toHaveProperty("x-real-ip");
  return request.headers["x-forwarded-for"];
}

function socketFrom(address: string): Socket {
  return Object.defineProperty(new Socket(), "remoteAddress", { value: address });
}
