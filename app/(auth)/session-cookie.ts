const sessionCookieNames = [
  "better-auth.session_token",
  "__Host-better-auth.session_token",
  "__Secure-better-auth.session_token",
];

/** Whether a session cookie came along. A hint for what to show: it says nothing about its worth. */
export function hasSessionCookie(cookies: { has: (name: string) => boolean }): boolean {
  return sessionCookieNames.some((name) => cookies.has(name));
}
