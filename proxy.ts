import { type NextRequest, NextResponse } from "next/server";
import { hasSessionCookie } from "@/lib/auth/site";
import { env } from "@/lib/env";
import { signInPath } from "@/lib/operations/site-path";
import { strictTransportSecurity } from "@/lib/server/transport-security";

const privatePages = ["/tasks", "/settings", "/device", "/confirm-email-change"];

// Their addresses may hold the token of a mail, or lead on to a page whose address does.
const pagesOfLinks = ["/reset-password", "/verify-email", "/confirm-email-change"];

const featuresOff = [
  "accelerometer",
  "autoplay",
  "camera",
  "clipboard-read",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "picture-in-picture",
  "screen-wake-lock",
  "serial",
  "usb",
  "window-management",
  "xr-spatial-tracking",
];
const featuresOn = ["publickey-credentials-create", "publickey-credentials-get", "clipboard-write"];

const permissionsPolicy = [
  ...featuresOff.map((feature) => `${feature}=()`),
  ...featuresOn.map((feature) => `${feature}=(self)`),
].join(", ");

/**
 * Gives every page a nonce and its security headers, and sends visitors without a session cookie
 * from private pages to sign in. The redirect spares them a wait; the pages check the session.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const response = redirectToSignIn(request) ?? passOn(request, nonce, policy);

  response.headers.set("Content-Security-Policy", policy);
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Referrer-Policy", referrerPolicy(request));
  response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.set("Cross-Origin-Resource-Policy", "same-origin");
  response.headers.set("Permissions-Policy", permissionsPolicy);
  // Elsewhere our own server says so on every answer.
  if (env.onVercel && isHttps(request)) {
    response.headers.set("Strict-Transport-Security", strictTransportSecurity);
  }
  return response;
}

export const config = { matcher: "/((?!api(?:/|$)|_next/static/).*)" };

function contentSecurityPolicy(nonce: string): string {
  // React's development build rebuilds server stacks with eval; the production build never does.
  const evalInDevelopment = env.isProduction ? "" : " 'unsafe-eval'";
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${evalInDevelopment}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function passOn(request: NextRequest, nonce: string, policy: string): NextResponse {
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("Content-Security-Policy", policy);
  return NextResponse.next({ request: { headers } });
}

function referrerPolicy({ nextUrl }: NextRequest): string {
  const holdsToken =
    pagesOfLinks.includes(nextUrl.pathname) || nextUrl.searchParams.get("next")?.includes("token=");
  return holdsToken ? "no-referrer" : "strict-origin-when-cross-origin";
}

function redirectToSignIn(request: NextRequest): NextResponse | null {
  const { pathname, search } = request.nextUrl;
  const isPrivate = privatePages.some(
    (page) => pathname === page || pathname.startsWith(`${page}/`),
  );
  if (!isPrivate || hasSessionCookie(request.cookies)) {
    return null;
  }
  return NextResponse.redirect(new URL(signInPath(pathname + search), request.nextUrl));
}

function isHttps(request: NextRequest): boolean {
  const forwarded = request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  return request.nextUrl.protocol === "https:" || forwarded === "https";
}
