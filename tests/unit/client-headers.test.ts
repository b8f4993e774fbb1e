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
