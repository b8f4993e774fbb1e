import "server-only";
import type { IncomingMessage } from "node:http";
import { siteOrigins } from "@/lib/auth/site";

const siteHosts = siteOrigins.map((origin) => new URL(origin).host);

/** Whether a request is for the host of `BETTER_AUTH_URL`; the loopback names are one host. */
export function isForThisSite(request: IncomingMessage): boolean {
  return siteHosts.includes(request.headers.host?.toLowerCase() ?? "");
}
