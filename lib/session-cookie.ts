import { env } from "@/lib/env";

/** What the names of Better Auth's cookies begin with; `__Host-` (RFC 6265bis) goes with HTTPS. */
export function authCookiePrefix(baseUrl: string = env.baseUrl): string {
  return baseUrl.startsWith("https:") ? "__Host-better-auth" : "better-auth";
}

/** The name of the cookie that a sign-in leaves. */
export function sessionCookieName(baseUrl: string = env.baseUrl): string {
  return `${authCookiePrefix(baseUrl)}.session_token`;
}

/** Whether a session cookie came along. A hint for what to show: it says nothing about its worth. */
export function hasSessionCookie(cookies: { has: (name: string) => boolean }): boolean {
  return cookies.has(sessionCookieName());
}
