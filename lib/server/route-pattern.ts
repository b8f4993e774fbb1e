import "server-only";
import { apiPatternOf } from "@/lib/http/api-methods";

/** Every address outside `/api` that something stands at. A test holds it in step with `app` and `public`. */
export const pagePaths: ReadonlySet<string> = new Set([
  "/",
  "/.well-known/api-catalog",
  "/.well-known/change-password",
  "/.well-known/security.txt",
  "/account-deleted",
  "/apple-icon.png",
  "/confirm-email-change",
  "/device",
  "/docs",
  "/docs/changelog",
  "/docs/device-sign-in",
  "/docs/errors",
  "/docs/export",
  "/docs/limits",
  "/docs/pagination",
  "/docs/quick-start",
  "/docs/requests",
  "/docs/tokens",
  "/favicon.ico",
  "/forgot-password",
  "/icon-192.png",
  "/icon-512.png",
  "/icon.svg",
  "/llms.txt",
  "/manifest.webmanifest",
  "/opengraph-image.png",
  "/reset-password",
  "/robots.txt",
  "/screenshot.png",
  "/security.txt",
  "/settings",
  "/settings/api-keys",
  "/settings/data",
  "/settings/security",
  "/settings/sessions",
  "/sign-in",
  "/sign-up",
  "/sitemap.xml",
  "/tasks",
  "/verify-email",
]);

/**
 * The path of a request as the log may have it: what stands there, or `/*` and `/api/*` where nothing
 * does, because somebody may have put a secret into an address.
 */
export function routePatternOf(path: string): string {
  if (/^\/api(\/|$)/.test(path)) {
    return apiPatternOf(path);
  }
  return pagePaths.has(path) ? path : "/*";
}
