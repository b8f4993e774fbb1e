import "server-only";
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { siteCookie } from "@/lib/auth/site-cookie";
import { authSecrets } from "@/lib/secret";

const lifeSeconds = 180 * 86_400;
const cookie = siteCookie("known_browser", lifeSeconds);
const valueForm = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

/**
 * A `Set-Cookie` that marks a browser as one in which an account signed in. It lets its owner in
 * while somebody else's wrong passwords lock the account, and is worth nothing else. It names the
 * account only to whoever knows the secret.
 */
export function knownBrowserCookie(email: string): string {
  const browserId = randomUUID();
  return cookie.set(`${browserId}.${sign(browserId, email, authSecrets().current)}`);
}

/** The id of the browser that a request comes from, where this account has signed in there before. */
export function knownBrowserOf(headers: Headers, email: string): string | null {
  const [, browserId, signature] = valueForm.exec(cookie.read(headers) ?? "") ?? [];
  if (browserId === undefined || signature === undefined) {
    return null;
  }
  const { current, versions } = authSecrets();
  const secrets = versions?.map(({ value }) => value) ?? [current];
  const isOurs = secrets.some((secret) => isEqual(sign(browserId, email, secret), signature));
  return isOurs ? browserId : null;
}

function sign(browserId: string, email: string, secret: string): string {
  return createHmac("sha256", secret)
    .update(`known-browser ${browserId} ${email.toLowerCase()}`)
    .digest("base64url");
}

function isEqual(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
