const fallbackPath = "/tasks";
const placeholderOrigin = "http://site.invalid";

/**
 * The page to open after signing in, from a `?next=` parameter.
 *
 * @returns the path when it stays on this site, otherwise "/tasks": other origins, schemes,
 * `//host`, back slashes and control characters are refused
 */
export function nextPath(requested: string | string[] | undefined): string {
  if (typeof requested !== "string" || !requested.startsWith("/")) return fallbackPath;
  if (hasUnsafeCharacter(requested) || !URL.canParse(requested, placeholderOrigin)) {
    return fallbackPath;
  }
  const url = new URL(requested, placeholderOrigin);
  const staysHere = url.origin === placeholderOrigin && !url.pathname.startsWith("//");
  return staysHere ? requested : fallbackPath;
}

/** The address of the sign-in page that leads on to `next`. */
export function signInPath(next: string): string {
  return `/sign-in?next=${encodeURIComponent(next).replaceAll("%2F", "/")}`;
}

// Browsers drop tabs and line breaks from addresses and read a back slash as a slash.
function hasUnsafeCharacter(text: string): boolean {
  return /[\p{Cc}\\]/u.test(text);
}
