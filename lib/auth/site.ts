import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** The name of this site, as authenticators and authenticator apps show it. */
export const siteName = "Evo-TODO";

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/**
 * The origins of this site: `BETTER_AUTH_URL`, and if that is a loopback name, also the other two
 * loopback names with the same port, which reach the same machine.
 */
export const siteOrigins: string[] = originsOf(new URL(env.baseUrl));

/**
 * Refuses a request to another host than the site's, for which cookies and tokens would not be valid.
 *
 * @throws AppError `invalid_request` that names the variable to set
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
 * Refuses a request that a page of another site makes a browser send. Programs do not send these
 * headers, and have no cookies that another site could use.
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

/** Whether a `Host` header names this site. It may include the default port of the scheme. */
export function isThisHost(host: string): boolean {
  return siteOriginOf(host) !== null;
}

/** The origin of this site that a `Host` header names, or null if it names another site. */
export function siteOriginOf(host: string): string | null {
  const origin = originOf(host);
  return siteOrigins.includes(origin) ? origin : null;
}

/** Whether the hostname of a URL is a loopback name. */
export function isLoopback(hostname: string): boolean {
  return loopbackNames.includes(hostname);
}

/** Checked before it is parsed: a URL parser would also find a host in text such as `site/path`. */
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
 * The relying party of WebAuthn: passkeys are bound to its host. Browsers allow them at localhost and
 * not at a loopback IP address, so every loopback host counts as localhost.
 */
export const relyingParty = { id: nameOf(new URL(env.baseUrl)), name: siteName };

function nameOf({ hostname }: URL): string {
  return isLoopback(hostname) ? "localhost" : hostname;
}

const isSecure = env.baseUrl.startsWith("https:");

/** A cookie that scripts and other sites cannot read. */
export type SiteCookie = {
  /** The `Set-Cookie` that sets it to a value of URL-safe characters. */
  set: (value: string) => string;
  /** The `Set-Cookie` that deletes it. */
  clear: string;
  /** Its value in a request, which is not verified. */
  read: (headers: Headers) => string | undefined;
};

/** The cookie for a purpose. On https the prefix of its name binds it to the host. */
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

/**
 * What the names of this site's cookies begin with. They are the app's own, so that no other app on
 * the host takes them for its own, and have the site's port, since browsers send cookies to every
 * port of a host. `__Host-` (RFC 6265bis) goes with HTTPS.
 */
export function cookiePrefix(baseUrl: string = env.baseUrl): string {
  const { protocol, port } = new URL(baseUrl);
  return `${protocol === "https:" ? "__Host-" : ""}evo-todo${port && `-${port}`}`;
}

/** The name of the cookie that a sign-in leaves. */
export function sessionCookieName(baseUrl: string = env.baseUrl): string {
  return `${cookiePrefix(baseUrl)}.session_token`;
}

/** Whether a session cookie came along. A hint for what to show: it says nothing about its worth. */
export function hasSessionCookie(cookies: { has: (name: string) => boolean }): boolean {
  return cookies.has(sessionCookieName());
}
