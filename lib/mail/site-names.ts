import "server-only";
import { env } from "@/lib/env";

/** This site as a mail names it. The host comes from the settings, never from a request. */
export const siteHost = new URL(env.baseUrl).host;

/** The address of a page of this site, with a token for it to take. */
export function pageUrl(path: string, token?: string): string {
  const url = new URL(path, env.baseUrl);
  if (token !== undefined) {
    url.searchParams.set("token", token);
  }
  return url.href;
}
