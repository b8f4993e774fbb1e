import { isSitePath } from "@/lib/operations/site-path";

const fallbackPath = "/tasks";

/**
 * The page to open after signing in, from a `?next=` parameter.
 *
 * @returns the path when it stays on this site, otherwise "/tasks": other origins, schemes,
 * `//host`, back slashes and control characters are refused
 */
export function nextPath(requested: string | string[] | undefined): string {
  return typeof requested === "string" && isSitePath(requested) ? requested : fallbackPath;
}
