import "server-only";
import type { IncomingMessage } from "node:http";
import { env } from "@/lib/env";

const site = new URL(env.baseUrl);

const claims = [
  "forwarded",
  "x-real-ip",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
] as const;

/**
 * Leaves in a request only what is known of its client: `x-forwarded-for` becomes the one true
 * address, the socket's, or that which the trusted proxies in front leave (`TRUST_PROXY` of them),
 * and `host` likewise; all else that a client may claim of its way here goes.
 */
export function setTrueClient(request: IncomingMessage): void {
  const { headers } = request;
  const address = fromProxies(headers["x-forwarded-for"]) ?? request.socket.remoteAddress ?? "";
  const host = fromProxies(headers["x-forwarded-host"]) ?? headers.host;
  for (const claim of claims) {
    delete headers[claim];
  }
  if (host) {
    headers.host = withSitePort(host);
  }
  headers["x-forwarded-for"] = withoutPort(address).replace(/^::ffff:(?=\d+\.)/i, "");
  headers["x-forwarded-proto"] = site.protocol.slice(0, -1);
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

/** Many proxies pass on the host without the port that people typed. */
function withSitePort(host: string): string {
  return env.trustedProxies > 0 && host.toLowerCase() === site.hostname ? site.host : host;
}

/**
 * Each proxy adds what it saw to the end of the list. So the outermost that is trusted wrote the
 * entry that many places from the end, and all before it is the client's own claim.
 */
function fromProxies(header: string | string[] | undefined): string | undefined {
  const entries = String(header ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
  return env.trustedProxies > 0
    ? entries[Math.max(0, entries.length - env.trustedProxies)]
    : undefined;
}
