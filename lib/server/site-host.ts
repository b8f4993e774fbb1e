import "server-only";
import type { IncomingMessage } from "node:http";
import { refuseOtherHost } from "@/lib/auth/site";

/** Whether a request is for the host of `BETTER_AUTH_URL`; the loopback names are one host. */
export function isForThisSite(request: IncomingMessage): boolean {
  const host = request.headers.host ?? "";
  // A parser of URLs would read a host out of what is more than one, such as `site/path`.
  if (!/^[\w.:[\]-]+$/.test(host)) {
    return false;
  }
  try {
    refuseOtherHost(new Headers({ host }));
    return true;
  } catch {
    return false;
  }
}
