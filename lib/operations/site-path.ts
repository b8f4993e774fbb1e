const placeholderOrigin = "http://site.invalid";

/**
 * Whether a text is a path that stays on this site when a browser goes there: other origins, schemes,
 * `//host`, back slashes and control characters are none.
 */
export function isSitePath(text: string): boolean {
  if (!text.startsWith("/") || hasUnsafeCharacter(text) || !URL.canParse(text, placeholderOrigin)) {
    return false;
  }
  const url = new URL(text, placeholderOrigin);
  return url.origin === placeholderOrigin && !url.pathname.startsWith("//");
}

/** The address of the sign-in page that leads on to `next`, a path of this site. */
export function signInPath(next: string): string {
  return `/sign-in?next=${encodeURIComponent(next).replaceAll("%2F", "/")}`;
}

// Browsers drop tabs and line breaks from addresses and read a back slash as a slash.
function hasUnsafeCharacter(text: string): boolean {
  return /[\p{Cc}\\]/u.test(text);
}
