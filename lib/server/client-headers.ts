import "server-only";
import type { IncomingMessage } from "node:http";
import { env } from "@/lib/env";

const claims = [
  "forwarded",
  "x-real-ip",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
] as const;

/**
 * Leaves in a request only what is known of its client: `x-forwarded-for` becomes the one true
 * address, the socket's, or with `TRUST_PROXY` the one the proxy added last, and `host` likewise; all
 * else that a client may claim of its way here goes.
 */
export function setTrueClient(request: IncomingMessage): void {
  const { headers } = request;
  const address = fromProxy(headers["x-forwarded-for"]) ?? request.socket.remoteAddress ?? "";
  const host = fromProxy(headers["x-forwarded-host"]) ?? headers.host;
  for (const claim of claims) {
    delete headers[claim];
  }
  if (host) {
    headers.host = host;
  }
  headers["x-forwarded-for"] = withoutPort(address).replace(/^::ffff:(?=\d+\.)/i, "");
  headers["x-forwarded-proto"] = new URL(env.baseUrl).protocol.slice(0, -1);
}

/** Makes several Authorization headers one that no credential looks like, where Node would keep the first. */
export function joinAuthorization(request: IncomingMessage): void {
  const values = request.headersDistinct.authorization ?? [];
  if (values.length > 1) {
    request.headers.authorization = values.join(", ");
  }
}

/** Some proxies add the client's port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(address: string): string {
  const [, ipv6, ipv4] = /^(?:\[(.+)\]|([\d.]+))(?::\d+)?$/.exec(address) ?? [];
  return ipv6 ?? ipv4 ?? address;
}

function fromProxy(header: string | string[] | undefined): string | undefined {
  const last = String(header ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  return env.trustProxy && last ? last : undefined;
}
