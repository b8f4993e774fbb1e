import "server-only";
import { isLoopback } from "@/lib/auth/site";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

/** Says once that passwords and tokens travel in plain sight, where others are on the way. */
export function warnOfPlainHttp(): void {
  const { protocol, hostname } = new URL(env.baseUrl);
  if (protocol === "http:" && !isLoopback(hostname)) {
    log.warn(
      { url: env.baseUrl },
      "the site is on plain http: put a proxy with TLS in front of it, and set BETTER_AUTH_URL to its https address",
    );
  }
}
