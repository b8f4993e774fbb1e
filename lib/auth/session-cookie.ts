import { env } from "@/lib/env";

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
