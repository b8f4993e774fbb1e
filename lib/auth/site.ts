import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { cookiePrefix } from "@/lib/session-cookie";

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/**
 * The origins under which people reach this site: `BETTER_AUTH_URL`, and where that is a loopback
 * name also the other two with the same port, which are the same machine and nobody else's.
 */
export const siteOrigins: string[] = originsOf(new URL(env.baseUrl));

/**
 * Refuses a request that was sent to another host than the site's: its cookies and tokens would not
 * fit.
 *
 * @throws AppError `invalid_request` that says which variable to set
 */
export function refuseOtherHost(headers: Headers): void {
  const host = headers.get("host");
  if (host !== null && !isThisHost(host)) {
    throw new AppError(
      "invalid_request",
      `This site is ${env.baseUrl}, and the request came for another host. Use that address, or set BETTER_AUTH_URL to the one people use.`,
    );
  }
}

/**
 * Refuses a request that a page of another site makes a browser send. Programs send none of these
 * headers, and have no cookies that somebody else could borrow.
 *
 * @throws AppError `invalid_request`
 */
export function refuseOtherSite(headers: Headers): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site") ?? "same-origin";
  const isOwn =
    origin === null ? ["same-origin", "none"].includes(site) : siteOrigins.includes(origin);
  if (!isOwn) {
    throw new AppError("invalid_request", `Only pages of ${env.baseUrl} may send this request.`);
  }
}

/** Whether a `Host` header names this site. It may name the port that its scheme has anyway. */
export function isThisHost(host: string): boolean {
  return siteOriginOf(host) !== null;
}

/** The origin of this site that a `Host` header names, or null for another site's. */
export function siteOriginOf(host: string): string | null {
  const origin = originOf(host);
  return siteOrigins.includes(origin) ? origin : null;
}

/** Whether a host's name, as a URL has it, is this machine's own. */
export function isLoopback(hostname: string): boolean {
  return loopbackNames.includes(hostname);
}

/** A parser of URLs would read a host out of what is more than one, such as `site/path`. */
function originOf(host: string): string {
  if (!/^[\w.:[\]-]+$/.test(host)) {
    return "";
  }
  const url = `${new URL(env.baseUrl).protocol}//${host}`;
  return URL.canParse(url) ? new URL(url).origin : "";
}

function originsOf(base: URL): string[] {
  if (!isLoopback(base.hostname)) {
    return [base.origin];
  }
  const port = base.port && `:${base.port}`;
  return loopbackNames.map((name) => `${base.protocol}//${name}${port}`);
}

/**
 * This site as authenticators know it (WebAuthn): passkeys are bound to its host. Browsers allow them
 * at localhost and not at a loopback IP address, so every loopback host counts as localhost.
 */
export const relyingParty = { id: nameOf(new URL(env.baseUrl)), name: "Evo-TODO" };

function nameOf({ hostname }: URL): string {
  return isLoopback(hostname) ? "localhost" : hostname;
}

const isSecure = env.baseUrl.startsWith("https:");

/** A cookie of ours, out of reach of scripts and other sites. */
export type SiteCookie = {
  /** The `Set-Cookie` that gives it a value of URL-safe characters. */
  set: (value: string) => string;
  /** The `Set-Cookie` that takes it away. */
  clear: string;
  /** Its value in a request, as a browser of anybody's sends it. */
  read: (headers: Headers) => string | undefined;
};

/** The cookie of a purpose. On https its name binds it to the host. */
export function siteCookie(purpose: string, lifeSeconds: number): SiteCookie {
  const name = `${cookiePrefix()}.${purpose}`;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  return {
    set: (value) => `${name}=${value}; Max-Age=${lifeSeconds}; ${attributes}`,
    clear: `${name}=; Max-Age=0; ${attributes}`,
    read(headers) {
      const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
      return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
    },
  };
}
